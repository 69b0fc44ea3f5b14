import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { verifyTogether, type Checked } from '../audit/verify.ts'
import { readPublicKeys } from '../signing/key-files.ts'
import type { Verifier } from '../signing/signed.ts'
import { auditLines, type FileLine } from './audit-lines.ts'
import { auditText } from './audit-text.ts'
import { exitCodes, UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'
import { sinceOption } from './options.ts'

export function auditCommand(): Command {
  const audit = new Command('audit')
    .description('the record of what was done on hosts and of what was refused')
    .addHelpText(
      'after',
      `
Bot and worker each write a file of their own into auditDir of gatemedic.yml: one JSON object a line, each with the hash of the line before it.

Examples:
  gatemedic audit verify audit/*.jsonl
  gatemedic audit show --host web-1 --since 7d
  gatemedic audit export --json > audit.json`,
    )
  audit
    .command('verify')
    .description('check that nothing was changed, added or taken out, also off the end')
    .argument('<file...>', 'files of auditDir; those of bot and worker together say most')
    .option(
      '--keys <folder>',
      'keysDir of gatemedic.yml: the heads beside the files must be signed with a key from there',
    )
    .addHelpText(
      'after',
      `
Exit code 1 when something does not hold. Where each file ended is noted in the .head beside it and, once a minute, in the files of the other side: give
both, best from copies that the other machine holds.`,
    )
    .action(checkFiles)
  audit
    .command('show')
    .description('what was done and refused on a host, oldest first')
    .requiredOption('--host <name>', 'a host of the inventory')
    .addOption(sinceOption().default(undefined))
    .option('--dir <folder>', 'auditDir of gatemedic.yml', 'audit')
    .action(show)
  audit
    .command('export')
    .description('all lines of all files in order of their time, with the file that each is from')
    .option('--json', 'one JSON object a line (the only form there is)', true)
    .option('--dir <folder>', 'auditDir of gatemedic.yml', 'audit')
    .action(exportAll)
  return audit
}

async function checkFiles(files: readonly string[], { keys }: { readonly keys?: string }): Promise<void> {
  const verifiers = keys === undefined ? null : await verifiersIn(keys)
  const checked = await verifyTogether(files, verifiers).catch((error: unknown) => {
    const path = error instanceof Error && 'path' in error ? String(error.path) : files.join(', ')
    throw new UsageError(`${path} cannot be read`, error)
  })
  for (const one of checked) {
    process.stdout.write(`${inertLine(`${one.file}: ${verdictOf(one, verifiers !== null)}`)}\n`)
    if (!one.verified.ok || one.complaints.length > 0) process.exitCode = exitCodes.failed
  }
}

function verdictOf({ verified, complaints, agreeing }: Checked, signed: boolean): string {
  if (!verified.ok) return `line ${verified.line} does not hold: ${verified.reason}`
  if (complaints.length > 0) return complaints.join('; ')
  const { lines, head } = verified
  const noted =
    agreeing === 0
      ? 'where it ended was noted nowhere here, so lines taken off its end would not be missed'
      : `${agreeing} ${agreeing === 1 ? 'note' : 'notes'} of where it stood ${agreeing === 1 ? 'agrees' : 'agree'}${signed ? '' : ' (signatures not checked, see --keys)'}`
  return `${lines} ${lines === 1 ? 'line' : 'lines'}, all in order; ${noted}; the last hash is ${head.hash}`
}

async function verifiersIn(dir: string): Promise<readonly Verifier[]> {
  const { bot, worker } = await readPublicKeys(resolve(dir)).catch((error: unknown) => {
    throw new UsageError(`${dir} holds no signing keys: name keysDir of gatemedic.yml`, error)
  })
  return [worker, bot]
}

async function show(options: { readonly host: string; readonly since?: number; readonly dir: string }): Promise<void> {
  const from = options.since === undefined ? '' : new Date(Date.now() - options.since * 1000).toISOString()
  const lines = (await linesIn(options.dir)).filter(({ line }) => line.at >= from && hostOf(line) === options.host)
  for (const { line } of lines) process.stdout.write(`${inertLine(auditText(line))}\n`)
  if (lines.length === 0)
    process.stderr.write(`nothing about ${inertLine(options.host)} is in ${inertLine(options.dir)}\n`)
}

async function exportAll({ dir }: { readonly dir: string }): Promise<void> {
  for (const { file, text } of await linesIn(dir))
    process.stdout.write(`{"file":${JSON.stringify(file)},${text.slice(1)}\n`)
}

function hostOf(line: FileLine['line']): string | null {
  return line.host ?? line.subject?.host ?? null
}

async function linesIn(dir: string): Promise<readonly FileLine[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw new UsageError(`${dir} cannot be read: name auditDir of gatemedic.yml, --dir FOLDER`, error)
  })
  const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => join(dir, name))
  return auditLines(files)
}
