import type { Capture } from '../diagnosis/capture.ts'
import type { Question } from '../probes/probe.ts'
import { stderrCap } from './batch-shell.ts'

/** A capture while it comes in: the bytes of both streams, and how it ended. */
export interface Draft {
  begun: boolean
  readonly stdout: Buffer[]
  readonly stderr: Buffer[]
  outBytes: number
  errBytes: number
  end: { readonly exitCode: number; readonly ms: number; readonly late: boolean; readonly cut: boolean } | null
  errEnded: boolean
  skipped: string | null
  told: boolean
}

export function newDraft(): Draft {
  return {
    begun: false,
    stdout: [],
    stderr: [],
    outBytes: 0,
    errBytes: 0,
    end: null,
    errEnded: false,
    skipped: null,
    told: false,
  }
}

/** Keeps bytes up to the limit, whatever the host sends; returns how many are kept. */
export function keep(chunks: Buffer[], kept: number, bytes: Buffer, limit: number): number {
  const rest = bytes.subarray(0, Math.max(0, limit - kept))
  if (rest.length > 0) chunks.push(Buffer.from(rest))
  return kept + rest.length
}

export function captureOf({ probe }: Question, host: string, draft: Draft, reason: string): Capture {
  const stdout = decode(draft.stdout, probe.cap)
  const stderr = decode(draft.stderr, stderrCap)
  const taken = { probe: probe.id, host, command: probe.command, stdout: stdout.text, stderr: stderr.text }
  if (draft.end) {
    const { exitCode, ms, late } = draft.end
    const truncated = stdout.cut || draft.end.cut
    return { ...taken, exitCode: late ? null : exitCode, ms, truncated, timedOut: late }
  }
  const notRun = draft.skipped ?? (draft.begun ? `cut off: ${reason}` : reason)
  return { ...taken, exitCode: null, ms: 0, truncated: stdout.cut, timedOut: false, notRun }
}

/** Lossy on invalid UTF-8; a character that the cap cut in two is dropped rather than shown as damage. */
function decode(chunks: readonly Buffer[], cap: number): { readonly text: string; readonly cut: boolean } {
  const bytes = Buffer.concat(chunks)
  if (bytes.length <= cap) return { text: bytes.toString('utf8'), cut: false }
  let end = cap
  while (end > cap - 4 && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return { text: bytes.subarray(0, end).toString('utf8'), cut: true }
}
