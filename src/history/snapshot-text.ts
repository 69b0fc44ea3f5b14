import { z } from 'zod'
import type { Snapshot } from '../host/snapshot.ts'

/** The answers of a host as one JSON text, for keeping them where there are no folders. */
export function snapshotText(snapshot: Snapshot): string {
  return JSON.stringify(snapshot)
}

export const snapshotShape = z.object({
  host: z.string(),
  collectedAt: z.string(),
  timezone: z.string(),
  recordedOn: z.string(),
  captures: z.array(
    z.object({
      capture: z.object({
        probe: z.string(),
        host: z.string(),
        command: z.string(),
        exitCode: z.number().nullable(),
        ms: z.number(),
        stdout: z.string(),
        stderr: z.string(),
        truncated: z.boolean(),
        timedOut: z.boolean(),
        notRun: z.string().exactOptional(),
      }),
      args: z.array(z.string()),
      round: z.number(),
    }),
  ),
})

/** Null when the text is none of ours. */
export function readSnapshotText(text: string): Snapshot | null {
  const read = snapshotShape.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}
