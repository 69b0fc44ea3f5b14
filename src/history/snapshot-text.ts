import { z } from 'zod'
import type { Snapshot } from '../host/snapshot.ts'

/** The answers of a host as one JSON text, for keeping them where there are no folders. */
export function snapshotText(snapshot: Snapshot): string {
  return JSON.stringify(snapshot)
}

/** It becomes the name of a file when the answers are exported: what stands in Redis must not choose the folder. */
const probe = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

export const snapshotShape = z.object({
  host: z.string(),
  collectedAt: z.string(),
  timezone: z.string(),
  recordedOn: z.string(),
  captures: z.array(
    z.object({
      capture: z.object({
        probe,
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
      round: z.int().min(0),
      master: z.int().exactOptional(),
    }),
  ),
})

/** Null when the text is none of ours. */
export function readSnapshotText(text: string): Snapshot | null {
  const read = snapshotShape.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}
