import type { ActAnswer, ActRefusal } from './act-answer.ts'

/** Why nothing was run, in words for the thread. */
export function explainRefusal(reason: ActRefusal, target: string, kept: string): string {
  return because[reason](target, kept ? `: ${firstLine(kept)}` : '')
}

const because: Readonly<Record<ActRefusal, (target: string, said: string) => string>> = {
  'no-systemctl': () => 'the host has no systemctl',
  'no-flock': () => 'the host has no flock (package util-linux), so two actions could not be kept apart',
  locked: () => 'another action runs on this host',
  masked: (target) => `${target} is masked: somebody forbade to start it (systemctl unmask ${target})`,
  'not-loaded': (target) => `systemd does not know ${target} any more`,
  'cannot-reload': (target) => `${target} does not know how to reload (CanReload=no); only a restart would do`,
  'not-reached': (_target, said) => `the host was not reached as the act user${said}`,
  'config-test': (_target, said) => `nginx -t does not pass${said}`,
  'reset-failed': (target, said) => `systemctl reset-failed ${target} did not work${said}`,
  'sudo-refused': (_target, said) => `sudo does not let the act user do it${said}`,
}

/** What changed between diagnosis and action, from the two guards. */
export function explainChange(
  { expected, seen, kept }: Extract<ActAnswer, { kind: 'changed' }>,
  target: string,
): string {
  const was = expected.split(' ')
  const is = seen.split(' ')
  const test = kept === '' ? '' : `; nginx -t does not pass now: ${firstLine(kept)}`
  const both = ` (was "${expected}", is "${seen}")${test}`
  if (was[0] === 'unit' && was[2] === 'down' && is[2] === 'up') return `somebody started ${target} meanwhile${both}`
  if (was[0] === 'unit' && is[2] === 'down' && was[2] === 'up') return `${target} has stopped meanwhile${both}`
  if (was[0] === 'unit' && was[1] !== is[1]) return `${target} was restarted meanwhile${both}`
  if (was[0] === 'unit' && was[4] !== is[4]) return `${target} was reloaded meanwhile${both}`
  if (was[0] === 'nginx' && was[1] === 'down' && is[1] !== 'down') return `nginx was started meanwhile${both}`
  if (was[0] === 'nginx' && was[1] !== 'down' && is[1] === 'down') return `nginx has stopped meanwhile${both}`
  if (was[0] === 'nginx' && was[1] !== 'down' && was[1] !== is[1]) return `nginx was restarted meanwhile${both}`
  if (was[0] === 'nginx' && was[1] === is[1] && dumpOf(was) !== dumpOf(is)) {
    return `the configuration of nginx was edited since the diagnosis${both}`
  }
  if (was[0] === 'nginx' && was[1] === is[1] && was[1] !== 'down' && was[3] !== is[3])
    return `nginx was reloaded, or lost a worker, meanwhile${both}`
  return `${target} is not as it was diagnosed${both}`
}

function dumpOf(words: readonly string[]): string | undefined {
  return words[1] === 'down' ? words[3] : words[2]
}

/** The stamp and process of a line: it was a moment ago, and the reason comes first on a lock screen. */
const stamped = /^[\d/]{8,10} [\d:]{8} (\[[a-z]+\]) \d+#\d+: /

/** What nginx said against a reload, in words: the line that says why, not the one that says that it gave up. */
export function explainRefusedReload(emerg: string): string {
  const lines = emerg.split('\n')
  const why = lines.find((line) => !line.includes('still could not bind()')) ?? ''
  return why === '' ? 'It did not say why in its error log' : why.slice(0, 400).replace(stamped, '$1 ')
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300)
}
