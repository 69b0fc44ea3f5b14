import { generalProbes, targetedProbes } from '../src/probes/index.ts'
import type { Probe } from '../src/probes/probe.ts'
import { rootCommands } from '../src/probes/root.ts'
import { code, generated, page, table } from './markdown.ts'

type Listed = Pick<Probe<string, unknown>, 'id' | 'command' | 'script' | 'seconds' | 'cap'>

/** docs/probes.md: what is asked of a host, with its limits and what of it wants root. */
export function probesPage(): string {
  return page([
    generated('src/probes'),
    '# Probes',
    'What a diagnosis asks of a host, as constant sh scripts over one SSH connection, one command for each round. Each probe runs under `timeout` with its own seconds and sends at most its own bytes; when it fails, hangs or is refused, the answer is "unknown" with the reason, and the diagnosis goes on. "As root" are the commands that are tried as root or by sudo; without the right to, less is known and said.',
    '## Round one: asked of every host',
    rows(generalProbes),
    '## Round two: asked about what round one found',
    rows(targetedProbes),
    '## What may stand in sudoers',
    'Constant commands, the same on every host; `gatemedic sudoers --user medic` writes the file. None takes a value found on the host.',
    rootCommands.map((argv) => `- ${code(argv.join(' '))}`).join('\n'),
    'nginx with a configuration file or prefix of its own (`-c`, `-p`) is not among them: without root its files are read one by one.',
  ])
}

function rows(probes: readonly Listed[]): string {
  return table(
    ['id', 'command, as evidence names it', 'seconds', 'bytes', 'as root'],
    probes.map(({ id, command, script, seconds, cap }) => [
      code(id),
      code(command),
      String(seconds),
      String(cap),
      asRoot(script),
    ]),
  )
}

function asRoot(script: string): string {
  if (!script.includes('as_root')) return '–'
  const used = rootCommands.filter((argv) => script.includes(argv.join(' ')))
  return (used.length > 0 ? used : rootCommands.filter(([program]) => program === 'nginx'))
    .map((argv) => code(argv.join(' ')))
    .join(', ')
}
