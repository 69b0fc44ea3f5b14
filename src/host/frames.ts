import type { Capture } from '../diagnosis/capture.ts'
import type { Question } from '../probes/probe.ts'
import { stderrCap } from './batch-shell.ts'
import { captureOf, keep, newDraft } from './draft.ts'
import { type Mark, splitFrames } from './frame-split.ts'

export interface FrameReader {
  readonly stdout: (chunk: Buffer) => void
  readonly stderr: (chunk: Buffer) => void
  /** The shell on the host has begun to run the script. */
  readonly started: () => boolean
  /** Both streams have reached the end of the batch. */
  readonly complete: () => boolean
  /** What stdout held before the first frame: the words of a login shell that refuses, or a chatty ~/.bashrc. */
  readonly preamble: () => string
  /** All captures in the order of the questions; those without an answer say why. */
  readonly finish: (reason: string) => readonly Capture[]
}

const skipReasons: Readonly<Record<string, string>> = {
  budget: 'the time for this round was used up by earlier probes',
  'no-timeout': 'the host has neither GNU timeout nor setsid, so a hanging probe could not be stopped',
}

/**
 * Reads the two streams of a batch (batch-script.ts) into captures. Only lines that carry the nonce are frames; whatever else
 * looks like one is output. Bytes are decoded once a capture is whole, so a character that is cut by a chunk is not broken.
 * `onCapture` hears of each capture as soon as both its streams have ended.
 */
export function readFrames(
  nonce: string,
  host: string,
  questions: readonly Question[],
  onCapture: (capture: Capture, index: number) => void = () => {},
): FrameReader {
  const drafts = questions.map(newDraft)
  const ended = { start: false, stdout: false, stderr: false }
  const preamble: Buffer[] = []
  let open: { stdout: number | null; stderr: number | null } = { stdout: null, stderr: null }

  function settle(index: number): void {
    const draft = drafts[index]
    const question = questions[index]
    if (!draft || !question || draft.told) return
    if (draft.skipped === null && !(draft.end && draft.errEnded)) return
    draft.told = true
    onCapture(captureOf(question, host, draft, ''), index)
  }

  function onStdoutMark(mark: Mark): void {
    const draft = drafts[mark.index]
    if (mark.word === 'start') ended.start = true
    if (mark.word === 'stop') ended.stdout = true
    if (mark.word === 'begin' && draft && !draft.end) {
      draft.begun = true
      open = { ...open, stdout: mark.index }
    } else open = { ...open, stdout: null }
    if (mark.word === 'skip' && draft) draft.skipped = skipReasons[mark.rest.join(' ')] ?? mark.rest.join(' ')
    if (mark.word === 'end' && draft && !draft.end) {
      const [code, ms, how, cut] = mark.rest
      draft.end = { exitCode: Number(code), ms: Number(ms), late: how === 'late', cut: cut === 'cut' }
    }
    settle(mark.index)
  }

  function onStderrMark(mark: Mark): void {
    if (mark.word === 'stop') ended.stderr = true
    open = { ...open, stderr: mark.word === 'begin' ? mark.index : null }
    const draft = drafts[mark.index]
    if (mark.word === 'end' && draft) draft.errEnded = true
    settle(mark.index)
  }

  const stdout = splitFrames(nonce, onStdoutMark, (bytes) => {
    if (!ended.start && Buffer.concat(preamble).length < stderrCap) preamble.push(Buffer.from(bytes))
    const draft = drafts[open.stdout ?? -1]
    const cap = questions[open.stdout ?? -1]?.probe.cap
    if (draft && cap !== undefined) draft.outBytes = keep(draft.stdout, draft.outBytes, bytes, cap + 1)
  })
  const stderr = splitFrames(nonce, onStderrMark, (bytes) => {
    const draft = drafts[open.stderr ?? -1]
    if (draft) draft.errBytes = keep(draft.stderr, draft.errBytes, bytes, stderrCap + 1)
  })

  return {
    stdout: stdout.push,
    stderr: stderr.push,
    started: () => ended.start,
    complete: () => ended.stdout && ended.stderr,
    preamble: () => Buffer.concat(preamble).toString('utf8').trim(),
    finish(reason) {
      stdout.flush()
      stderr.flush()
      return questions.map((question, index) => captureOf(question, host, drafts[index] ?? newDraft(), reason))
    },
  }
}
