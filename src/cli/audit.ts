import { Command } from 'commander'
import { verify } from '../audit/verify.ts'
import { exitCodes, UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'

export function auditCommand(): Command {
  return new Command('audit')
    .description('check that nothing was changed, added or taken out in files of the audit')
    .argument('<file...>', 'files of auditDir, such as audit/worker-web.jsonl')
    .addHelpText(
      'after',
      `
Exit code 1 when a line does not hold. Lines taken off the end leave no gap: compare the last hash with the one noted before.

Example:
  gatemedic audit audit/*.jsonl`,
    )
    .action(checkFiles)
}

async function checkFiles(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const checked = await verify(file).catch((error: unknown) => {
      throw new UsageError(`${file} cannot be read`, error)
    })
    const found = checked.ok
      ? `${checked.lines} ${checked.lines === 1 ? 'line' : 'lines'}, all in order; the last hash is ${checked.head.hash}`
      : `line ${checked.line} does not hold: ${checked.reason}`
    process.stdout.write(`${inertLine(`${file}: ${found}`)}\n`)
    if (!checked.ok) process.exitCode = exitCodes.failed
  }
}
