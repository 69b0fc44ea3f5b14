import { setTimeout as pause } from 'node:timers/promises'
import type { Capture } from '../../src/diagnosis/capture.ts'
import type { Snapshot } from '../../src/host/snapshot.ts'
import { type Asked, type AskedBatch, frame, questionsIn } from './batch-answers.ts'
import { type Cure, cureOf, guardAfter } from './cure.ts'
import { moveTimes } from './move-times.ts'
import type { Answer } from './ssh-server.ts'

/** A host as it was recorded: broken, and after the action that cures it. */
export interface Recording {
  readonly host: string
  readonly before: Snapshot
  /** Null where no action of the list helps; such a host never changes. */
  readonly after: Snapshot | null
  /** What cures it where another host's diagnosis offers that; its own decides otherwise. */
  readonly cure?: Cure | null
}

export interface RecordedHost {
  readonly answer: Answer
  readonly state: () => 'before' | 'after'
}

export interface RecordedHostOptions {
  readonly now: () => Date
  /** Probes take the time they took when they were recorded, times this; 0 answers at once. */
  readonly pace: number
}

/**
 * Answers batch scripts from a recording, with its clock times moved to now. A compare-and-act script is answered as the host would have:
 * refused when its guard is not the recorded state's, else done, and from then on the host answers as it did after the cure.
 */
export function recordedHost(recording: Recording, { now, pace }: RecordedHostOptions): RecordedHost {
  let state: 'before' | 'after' = 'before'
  const cure = recording.cure ?? cureOf(recording.before)

  function act(args: readonly string[]): string {
    const [, unit = '', expected = '', , , , ...argv] = args
    const { after } = recording
    const guard = state === 'before' ? (cure?.guard ?? 'unit - up 0') : guardAfter(after, unit)
    if (guard !== expected) return answerLines([`before ${guard}`, 'refused changed', 'end refused'])
    if (after === null || argv.join(' ') !== cure?.argv.join(' ')) {
      return answerLines([`before ${guard}`, 'refused not-loaded', 'end refused'])
    }
    state = 'after'
    const ran = [`before ${guard}`, `acting ${argv.join(' ')}`, 'ran 0', `after ${guardAfter(after, unit)}`]
    return answerLines([...ran, 'state active (running)', 'settled yes', 'end done'])
  }

  function captureFor(asked: Asked): Capture | null {
    const snapshot = state === 'after' && recording.after !== null ? recording.after : recording.before
    if (asked.probe === 'run') return ranCapture(recording.host, act(asked.args))
    const recorded = recordedAnswer(snapshot, asked)
    if (recorded === null) return null
    const recordedAt = new Date(snapshot.collectedAt)
    const seconds = Math.round((now().getTime() - recordedAt.getTime()) / 1000)
    return { ...recorded, stdout: moveTimes(recorded.stdout, seconds, recordedAt) }
  }

  async function answer(...[{ script, gone }, output]: Parameters<Answer>): Promise<number> {
    const batch = questionsIn(script)
    if (batch === null) {
      output.stderr('this host is a recording: it answers only what Gatemedic asks\n')
      return 127
    }
    await play(batch, captureFor, pace, output, gone)
    return 0
  }
  return { answer, state: () => state }
}

/** Each frame is sent when its probe would have been done. */
async function play(
  batch: AskedBatch,
  captureFor: (asked: Asked) => Capture | null,
  pace: number,
  output: Parameters<Answer>[1],
  gone: AbortSignal,
): Promise<void> {
  const captures = new Map(batch.questions.map((asked) => [asked.index, captureFor(asked)]))
  const { stdout, stderr } = frame(batch, (asked) => captures.get(asked.index) ?? null)
  output.stderr(stderr)
  for (const piece of stdout.split(new RegExp(`(?=\n@${batch.nonce} (?:begin|skip) )`))) {
    const index = new RegExp(`@${batch.nonce} begin (\\d+)\n`).exec(piece)?.[1]
    const ms = (captures.get(Number(index ?? -1))?.ms ?? 0) * pace
    if (ms >= 1) await pause(ms, undefined, { signal: gone })
    output.stdout(piece)
  }
}

/** The same question with the same parameters; else the same probe: its answer names what it was asked about. */
function recordedAnswer(snapshot: Snapshot, asked: Asked): Capture | null {
  const same = snapshot.captures.filter(({ capture }) => capture.probe === asked.probe)
  const exact = same.find(({ args }) => args.join('\0') === asked.args.join('\0'))
  return (exact ?? same[0])?.capture ?? null
}

function answerLines(lines: readonly string[]): string {
  return lines.map((line) => `@${line}\n`).join('')
}

function ranCapture(host: string, stdout: string): Capture {
  const done = { exitCode: 0, ms: 400, stderr: '', truncated: false, timedOut: false }
  return { probe: 'run', host, command: 'run', stdout, ...done }
}
