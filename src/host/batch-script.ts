import type { Question } from '../probes/probe.ts'
import { batchFunctions, environmentShell, hostPath } from './batch-shell.ts'
import { quote, quoteAll } from './quote.ts'
import { askSudo } from './root-shell.ts'

export interface BatchOptions {
  /** Hex, unguessable by the host: 128 random bits. */
  readonly nonce: string
  /** Seconds after which probes that have not begun are left out. */
  readonly seconds: number
  /** PATH on the host; tests put programs of their own in front. */
  readonly path?: string
}

/** What is sent to the SSH server; the batch itself comes on stdin, so that no login shell (csh, fish) has to read it. */
export const batchCommand = 'exec /bin/sh -s'

/**
 * One POSIX sh script that asks all questions in order and frames each answer (read by frames.ts). Comment lines in front list what
 * is asked, for a person who finds the script in a log and for a stand-in host that answers from recordings.
 *
 * The whole batch is one function, called in its last line: of a script that was cut on its way nothing runs.
 */
export function batchScript(questions: readonly Question[], options: BatchOptions): string {
  if (!/^[0-9a-f]{16,64}$/.test(options.nonce)) throw new RangeError('a nonce is 16 to 64 hexadecimal digits')
  const asked = questions.map(({ probe, args }, index) => `#: ask ${index} ${probe.id} ${JSON.stringify(args)}`)
  const asks = questions.map(askLine)
  return [
    `#: nonce ${options.nonce}`,
    ...asked,
    'gm_batch() {',
    environmentShell(options.path ?? hostPath),
    batchFunctions,
    askSudo,
    `gm_nonce=${options.nonce}`,
    `gm_clock; gm_end=$(( gm_now + ${Math.max(1, Math.round(options.seconds * 100))} ))`,
    'gm_mark start',
    ...asks,
    'gm_mark stop; gm_mark stop >&2',
    '}',
    'gm_batch </dev/null',
    '',
  ].join('\n')
}

/** One byte more than the cap is let through: that byte is how the reader knows that something was cut. */
function askLine({ probe, args }: Question, index: number): string {
  const words = [`gm_ask ${index} ${Math.ceil(probe.seconds)} ${probe.cap + 1}`, quote(probe.script)]
  if (args.length > 0) words.push(quoteAll(args))
  return words.join(' ')
}
