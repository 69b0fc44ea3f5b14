/** What compare-and-act said. `kept` is text of programs on the host: hostile, at most 2 kB each. */
export type ActAnswer =
  /** Nothing ran. */
  | {
      readonly kind: 'changed'
      readonly expected: string
      readonly seen: string
      /** What nginx -t says against the configuration, where it does not pass any more. */
      readonly kept: string
    }
  | { readonly kind: 'refused'; readonly reason: ActRefusal; readonly kept: string }
  | {
      readonly kind: 'ran'
      readonly exitCode: number
      readonly kept: string
      readonly before: string
      readonly after: string
      /** "active (running)" */
      readonly state: string
      /** What nginx said against a reload, as it stands in its error log: hostile, at most three lines; empty when it said nothing. */
      readonly emerg: string
      /** False: still on its way, or the reload shows no new workers. */
      readonly settled: boolean
    }
  /** The answer broke off. `acting`: the command had been begun. */
  | { readonly kind: 'broken-off'; readonly acting: boolean; readonly kept: string }

const refusals = [
  'no-systemctl',
  'no-flock',
  'locked',
  'masked',
  'not-loaded',
  'config-test',
  'reset-failed',
  'cannot-reload',
  'not-reached',
  'sudo-refused',
] as const

export type ActRefusal = (typeof refusals)[number]

/** Reads the script's stdout. Pure; lines it does not know are ignored. */
export function readActAnswer(stdout: string, expected: string): ActAnswer {
  const said = new Map<string, string>()
  const kept: string[] = []
  const emerg: string[] = []
  for (const line of stdout.split('\n')) {
    const match = /^@(?<key>[a-z]+) (?<value>.*)$/.exec(line)?.groups
    if (match?.['key']) said.set(match['key'], match['value'] ?? '')
    else if (line.startsWith('| ')) kept.push(line.slice(2))
    else if (line.startsWith('! ')) emerg.push(line.slice(2))
  }
  const text = kept.join('\n').trim()

  if (!said.has('end')) return { kind: 'broken-off', acting: said.has('acting'), kept: text }
  const refused = said.get('refused')
  if (refused === 'changed') return { kind: 'changed', expected, seen: said.get('before') ?? '', kept: text }
  const reason = refusals.find((known) => known === refused)
  if (refused !== undefined) return { kind: 'refused', reason: reason ?? 'not-loaded', kept: text }

  const exitCode = Number(said.get('ran'))
  // sudo answers 1 and says so itself; the command never began.
  if (exitCode === 1 && /^sudo: /m.test(text)) return { kind: 'refused', reason: 'sudo-refused', kept: text }
  return {
    kind: 'ran',
    exitCode,
    kept: text,
    before: said.get('before') ?? '',
    after: said.get('after') ?? '',
    state: said.get('state') ?? 'unknown',
    emerg: emerg.slice(0, 3).join('\n'),
    settled: said.get('settled') === 'yes',
  }
}
