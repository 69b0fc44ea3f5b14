import type { ActAnswer, ActRefusal } from './act-answer.ts'

/** Why nothing was run, in words for the thread. */
export function explainRefusal(reason: ActRefusal, target: string, kept: string): string {
  const said = kept ? `: ${firstLine(kept)}` : ''
  switch (reason) {
    case 'no-systemctl':
      return 'the host has no systemctl'
    case 'no-flock':
      return 'the host has no flock (package util-linux), so two actions could not be kept apart'
    case 'locked':
      return 'another action runs on this host'
    case 'masked':
      return `${target} is masked: somebody forbade to start it (systemctl unmask ${target})`
    case 'not-loaded':
      return `systemd does not know ${target} any more`
    case 'config-test':
      return `nginx -t does not pass${said}`
    case 'reset-failed':
      return `systemctl reset-failed ${target} did not work${said}`
    case 'sudo-refused':
      return `sudo does not let the act user do it${said}`
  }
  // The compiler knows that nothing is left; the linter wants an end.
  return reason satisfies never
}

/** What changed between diagnosis and action, from the two guards. */
export function explainChange({ expected, seen }: Extract<ActAnswer, { kind: 'changed' }>, target: string): string {
  const was = expected.split(' ')
  const is = seen.split(' ')
  const both = ` (was "${expected}", is "${seen}")`
  if (was[0] === 'unit' && was[2] === 'down' && is[2] === 'up') return `somebody started ${target} meanwhile${both}`
  if (was[0] === 'unit' && is[2] === 'down' && was[2] === 'up') return `${target} has stopped meanwhile${both}`
  if (was[0] === 'unit' && was[1] !== is[1]) return `${target} was restarted meanwhile${both}`
  if (was[0] === 'nginx' && was[1] === 'down' && is[1] !== 'down') return `nginx was started meanwhile${both}`
  if (was[0] === 'nginx' && was[1] !== 'down' && is[1] === 'down') return `nginx has stopped meanwhile${both}`
  if (was[0] === 'nginx' && was[1] === is[1] && dumpOf(was) !== dumpOf(is)) {
    return `the configuration of nginx was edited since the diagnosis${both}`
  }
  return `${target} is not as it was diagnosed${both}`
}

function dumpOf(words: readonly string[]): string | undefined {
  return words[1] === 'down' ? words[3] : words[2]
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300)
}
