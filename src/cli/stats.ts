import { Command, InvalidArgumentError, Option } from 'commander'
import { hitRate } from '../history/hit-rate.ts'
import { captureLimits, createKeptCaptures } from '../history/kept-captures.ts'
import { inertLine } from './inert.ts'
import { jsonOption } from './options.ts'
import { terminalOf } from './paint.ts'
import { type RememberedOptions, withRemembered } from './remembered.ts'
import { exportJudged } from './stats-export.ts'
import { statsText } from './stats-text.ts'

export function statsCommand(): Command {
  const stats = withPlace(new Command('stats'))
    .description('how often people say that an answer was right, on your own hosts (reads Redis, changes nothing)')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
People judge with the buttons below each diagnosis in Slack. A diagnosis counts as right when more of them say so than say otherwise; one
that is disputed counts as judged and not as right, and one that could not tell counts as neither.

Examples:
  gatemedic stats --days 90
  gatemedic stats --group edge --json
  gatemedic stats export -o ./wrong`,
    )
    .action(show)
  withPlace(stats.command('export'))
    .description('write what people say is wrong as snapshot folders, for "gatemedic replay" and for new test cases')
    .requiredOption('-o, --out <folder>', 'a folder is made in it for each diagnosis')
    .addHelpText(
      'after',
      `
Answers of hosts are kept for answerHours of gatemedic.yml, and for wrongAnswerDays once somebody says that the diagnosis was wrong. Secrets were
taken out before they were kept; look through a folder before you hand it on. truth.json in it says what people say it was.`,
    )
    .action(exportWrong)
  return stats
}

function withPlace(command: Command): Command {
  return command
    .addOption(
      new Option('--config <file>', 'gatemedic.yml of bot or worker').env('GATEMEDIC_CONFIG').default('gatemedic.yml'),
    )
    .addOption(
      new Option('--redis <address>', 'that bot and worker share').env('REDIS_URL').default('redis://127.0.0.1:6379'),
    )
    .addOption(new Option('--days <days>', 'how far back').argParser(readDays).default(30))
    .option('--group <name>', 'hosts of this group of the inventory only')
}

function readDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > 3650) throw new InvalidArgumentError('Days, a whole number from 1 to 3650.')
  return days
}

async function show(options: RememberedOptions & { readonly json: boolean }): Promise<void> {
  await withRemembered(options, async ({ hosts, entries, left, from, to }) => {
    const rate = hitRate(entries)
    const span = { from: from.toISOString(), to: to.toISOString() }
    const text = options.json
      ? `${JSON.stringify({ schema: 1, ...span, hosts: hosts.length, left, ...rate })}\n`
      : statsText(rate, { days: options.days, hosts: hosts.length, left }, terminalOf(process.stdout, process.env))
    process.stdout.write(text)
  })
}

async function exportWrong(_own: unknown, command: Command): Promise<void> {
  const options: RememberedOptions & { readonly out: string } = command.optsWithGlobals()
  await withRemembered(options, async ({ client, file, entries, to }) => {
    const captures = createKeptCaptures(client, captureLimits(file), () => to)
    const { folders, gone } = await exportJudged(options.out, hitRate(entries), entries, captures)
    for (const folder of folders) process.stdout.write(`${inertLine(folder)}\n`)
    for (const { host, at } of gone)
      process.stderr.write(`${inertLine(`${host} at ${at}: its answers are not kept any more (answerHours)`)}\n`)
    if (folders.length === 0) process.stderr.write('nothing to export: nobody says that something was wrong\n')
  })
}
