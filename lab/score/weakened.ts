import type { Capture } from '../../src/diagnosis/capture.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import type { RecordedCapture, Snapshot } from '../../src/host/snapshot.ts'

/** What can happen to one probe: it does not come to run, is killed, its answer is cut, it is not allowed. */
export const weakenings = {
  missing: (capture: Capture): Capture => ({
    ...capture,
    exitCode: null,
    stdout: '',
    stderr: '',
    notRun: 'collection budget used up',
  }),
  'timed out': (capture: Capture): Capture => ({
    ...capture,
    exitCode: null,
    timedOut: true,
    stdout: half(capture.stdout),
  }),
  truncated: (capture: Capture): Capture => ({ ...capture, truncated: true, stdout: half(capture.stdout) }),
  refused: (capture: Capture): Capture => ({
    ...capture,
    exitCode: 126,
    stdout: '',
    stderr: `sudo refused: ${capture.command}\n`,
  }),
} as const

export type Weakening = keyof typeof weakenings

export interface Weakened {
  readonly probe: string
  readonly host: string
  readonly how: Weakening
  readonly diagnosis: Diagnosis
}

/** The same host judged again for each probe and each thing that can happen to it: four times as many diagnoses as captures. */
export function weakened(snapshot: Snapshot): readonly Weakened[] {
  const asked = new Map(snapshot.captures.map(({ capture }) => [`${capture.host} ${capture.probe}`, capture]))
  return [...asked.values()].flatMap(({ probe, host }) =>
    kinds.map((how) => ({ probe, host, how, diagnosis: replaySnapshot(withOne(snapshot, probe, host, how)) })),
  )
}

// Keys of an object literal: there are no others.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets them
const kinds = Object.keys(weakenings) as readonly Weakening[]

function withOne(snapshot: Snapshot, probe: string, host: string, how: Weakening): Snapshot {
  const change = (each: RecordedCapture): RecordedCapture =>
    each.capture.probe === probe && each.capture.host === host
      ? { ...each, capture: weakenings[how](each.capture) }
      : each
  return { ...snapshot, captures: snapshot.captures.map(change) }
}

/** Cut in the middle of whatever stands there, as a byte cap does. */
function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2))
}
