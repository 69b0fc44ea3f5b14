import type { ActionId } from '../../diagnosis/diagnosis.ts'

interface ActionWords {
  /** Imperative, in front of the target: "Start". */
  readonly verb: string
  /** While it runs: "Starting". */
  readonly running: string
  /** Behind "the": "the start failed". */
  readonly noun: string
  /** Behind the verdict on a lock screen. */
  readonly question: string
  /** Interrupts something that still runs. */
  readonly interrupts: boolean
}

const actionWords: Readonly<Record<ActionId, ActionWords>> = {
  'start-unit': { verb: 'Start', running: 'Starting', noun: 'start', question: 'Start it?', interrupts: false },
  'restart-unit': {
    verb: 'Restart',
    running: 'Restarting',
    noun: 'restart',
    question: 'Restart it?',
    interrupts: true,
  },
  'reload-unit': { verb: 'Reload', running: 'Reloading', noun: 'reload', question: 'Reload it?', interrupts: false },
  'start-nginx': { verb: 'Start', running: 'Starting', noun: 'start', question: 'Start nginx?', interrupts: false },
  'reload-nginx': {
    verb: 'Reload',
    running: 'Reloading',
    noun: 'reload',
    question: 'Reload nginx?',
    interrupts: false,
  },
  'restart-nginx': {
    verb: 'Restart',
    running: 'Restarting',
    noun: 'restart',
    question: 'Restart nginx?',
    interrupts: true,
  },
}

export function wordsOf(action: ActionId): ActionWords {
  return actionWords[action]
}

interface Doing {
  readonly action: ActionId
  readonly target: string
  readonly host: string
}

/** What is done, in full: "Start checkout-api.service on web-1". nginx actions name nginx, whatever its unit is called. */
export function titleOf({ action, target, host }: Doing): string {
  return `${wordsOf(action).verb} ${thing(action, target)} on ${host}`
}

/** The same while it is done: "Starting checkout-api.service on web-1". */
export function doingOf({ action, target, host }: Doing): string {
  return `${wordsOf(action).running} ${thing(action, target)} on ${host}`
}

/** "checkout-api.service", "nginx". */
export function thing(action: ActionId, target: string): string {
  return action.endsWith('-nginx') ? 'nginx' : target
}
