import type { Capture } from '../diagnosis/capture.ts'
import type { Parsed } from '../diagnosis/fact.ts'

/**
 * A question to the host: a constant POSIX sh script, its budget, and how its answer is read. Values found on the host
 * never enter the script text: they come as positional parameters ("$@"), quoted in host/quote.ts only.
 *
 * The script runs in its own `sh -c` under `timeout`, LC_ALL=C, a fixed PATH with sbin, no pager, stdin closed. Available to it:
 * `as_root CMD ARG...` runs a command as root: directly when the user is root, by `sudo -n` when `sudo -n -l` lists exactly
 * that command, else it prints `sudo refused: CMD ARG...` to stderr and returns 126; `$gm_seconds` is the time it really has, which is less
 * than `seconds` late in a round.
 */
export interface Probe<Id extends string, T> {
  readonly id: Id
  /** The command as evidence shows it: "ss -Htlnp". */
  readonly command: string
  readonly script: string
  /** Seconds after which the probe is killed on the host. */
  readonly seconds: number
  /** Most bytes of stdout that travel. */
  readonly cap: number
  /** What was written before the time was over can be read: each line stands for itself, and the parser says what is missing. */
  readonly partial?: true
  /** It mostly waits for answers from the network, and may run beside those that read the host. */
  readonly waits?: true
  /** Reads a capture that ran; a refusal or time-out can still carry usable output. Pure. */
  parse(capture: Capture): Parsed<T>
}

/** Keeps the literal id type: `defineProbe({ id: 'sockets', ... })`. */
export function defineProbe<const Id extends string, T>(probe: Probe<Id, T>): Probe<Id, T> {
  return probe
}

/** One probe to run with its positional parameters. */
export interface Question {
  readonly probe: Probe<string, unknown>
  readonly args: readonly string[]
}
