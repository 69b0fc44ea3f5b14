import { Command } from 'commander'
import { explain } from '../nginx/explain.ts'
import { redactStrings } from '../redact/redact-strings.ts'
import { explainText } from './explain-text.ts'
import { jsonOption, rawOption } from './options.ts'
import { terminalOf } from './paint.ts'

/** Most bytes that are read: a window of a log, not a whole one. */
const cap = 32 * 1024 * 1024

export function explainCommand(): Command {
  return new Command('explain')
    .description('say what pasted lines of an nginx error log mean by themselves; reads standard input')
    .addOption(jsonOption())
    .addOption(rawOption())
    .addHelpText(
      'after',
      `
Lines may come with journald, syslog, docker or kubectl prefixes, wrapped or cut.

Example:
  tail -n 20 /var/log/nginx/error.log | gatemedic explain --json`,
    )
    .action(explainInput)
}

async function explainInput(options: { readonly json: boolean; readonly raw: boolean }): Promise<void> {
  if (process.stdin.isTTY) process.stderr.write('Paste lines of an error log, then press Ctrl-D.\n')
  const read = explain(await readInput(process.stdin))
  const explained = options.raw ? read : redactStrings(read)
  process.stdout.write(
    options.json ? `${JSON.stringify(explained)}\n` : explainText(explained, terminalOf(process.stdout, process.env)),
  )
}

/** Standard input as UTF-8, cut at the cap; bytes of a binary log become replacement characters. */
async function readInput(input: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  // A stream without an encoding gives buffers.
  const parts: AsyncIterable<Buffer> = input
  for await (const bytes of parts) {
    chunks.push(bytes)
    size += bytes.length
    if (size >= cap) {
      process.stderr.write(`gatemedic: only the first ${cap / 1024 / 1024} MiB were read\n`)
      break
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}
