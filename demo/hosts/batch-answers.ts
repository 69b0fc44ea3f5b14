import { z } from 'zod'
import type { Capture } from '../../src/diagnosis/capture.ts'

/** One question as a batch script asks it. */
export interface Asked {
  readonly index: number
  readonly probe: string
  readonly args: readonly string[]
}

export interface AskedBatch {
  readonly nonce: string
  readonly questions: readonly Asked[]
}

/** What a batch script asks, from the comment lines at its head; null for any other script. */
export function questionsIn(script: string): AskedBatch | null {
  const nonce = /^#: nonce ([0-9a-f]+)$/m.exec(script)?.[1]
  if (nonce === undefined) return null
  const head = script.slice(0, script.indexOf('\ngm_batch() {'))
  const questions = [...head.matchAll(/^#: ask (\d+) (\S+) (\[.*\])$/gm)].map(([, index, probe = '', args = '[]']) => ({
    index: Number(index),
    probe,
    args: z.array(z.string()).parse(JSON.parse(args)),
  }))
  return { nonce, questions }
}

export interface FramedOutput {
  readonly stdout: string
  readonly stderr: string
}

/**
 * Recorded captures as a host would have sent them, in the order asked. `captureFor` gives the recording of a question, or null when
 * there is none: the reader then says so, instead of taking silence for an answer.
 */
export function frame(batch: AskedBatch, captureFor: (asked: Asked) => Capture | null): FramedOutput {
  const mark = (text: string) => `\n@${batch.nonce} ${text}\n`
  let stdout = mark('start')
  let stderr = ''
  for (const asked of batch.questions) {
    const capture = captureFor(asked)
    const notRun = capture ? capture.notRun : 'not in the recording of this host'
    if (!capture || notRun !== undefined) {
      stdout += mark(`skip ${asked.index} ${(notRun ?? '').replaceAll(/\s+/g, ' ').slice(0, 200)}`)
      continue
    }
    const how = `${capture.timedOut ? 'late' : 'ended'}${capture.truncated ? ' cut' : ''}`
    const end = `end ${asked.index} ${capture.exitCode ?? 124} ${capture.ms} ${how}`
    stdout += mark(`begin ${asked.index}`) + capture.stdout + mark(end)
    stderr += mark(`begin ${asked.index}`) + capture.stderr + mark(`end ${asked.index}`)
  }
  return { stdout: stdout + mark('stop'), stderr: stderr + mark('stop') }
}
