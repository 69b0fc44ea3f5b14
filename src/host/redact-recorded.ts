import { redactCapture } from '../redact/redact-capture.ts'
import { redactText } from '../redact/redact-text.ts'
import type { RecordedCapture } from './snapshot.ts'

/** A capture as it may be written to disk: the same lines, judged alike, without secrets. */
export function redactRecorded({ capture, args, ...rest }: RecordedCapture): RecordedCapture {
  const { stdout, stderr, probe, notRun } = capture
  return {
    capture: {
      ...capture,
      stdout: redactCapture(stdout, probe),
      stderr: redactText(stderr),
      ...(notRun === undefined ? {} : { notRun: redactText(notRun) }),
    },
    args: args.map(redactText),
    ...rest,
  }
}
