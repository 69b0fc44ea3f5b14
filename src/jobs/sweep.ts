import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import type { Outbox } from './outbox.ts'
import type { DiagnoseQueue } from './queue-diagnose.ts'
import type { Closable } from './queue-options.ts'
import type { PostQueue } from './queue-post.ts'
import type { DiagnosisRequest } from './request.ts'

/**
 * State and job are written in two steps, and a process can die between them. The state is what counts; a sweep brings
 * the jobs in line with it, at start and every few seconds.
 */
export function startSweep(name: string, sweep: () => Promise<void>, everyMs: number, log: Logger): Closable {
  const stop = new AbortController()
  const running = loop()
  return {
    close: async () => {
      stop.abort()
      await running
    },
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      await sweep().catch((error: unknown) => log.warn({ sweep: name, err: error }, 'sweep failed, tried again'))
      // Aborting ends the pause early; there is nothing to report about that.
      await pause(everyMs, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }
}

/** Every diagnosis that is open has a job; one whose job was given up ends with a message. */
export async function sweepDiagnoses(
  board: DiagnosisBoard,
  queue: DiagnoseQueue,
  giveUp: (request: DiagnosisRequest) => Promise<void>,
): Promise<void> {
  for (const id of await board.open()) {
    const standing = await queue.standing(id)
    if (standing === 'going') continue
    const request = await board.requestOf(id)
    if (standing === 'missing') await (request?.fleet ? queue.ensureAll([id]) : queue.ensure(id))
    else if (request) await giveUp(request)
  }
}

/** Every thread that has something to say is woken. */
export async function sweepOutboxes(outbox: Outbox, queue: PostQueue): Promise<void> {
  const threadIds = await outbox.waiting()
  if (threadIds.length > 0) await queue.wake(threadIds)
}

/** How long a diagnosis may wait for a worker before its threads hear of it, ms. */
const patienceMs = 20_000

/** Tells the threads of a diagnosis that no worker takes: otherwise "queued" would stand there without a reason. */
export async function sweepUntaken(board: DiagnosisBoard, queue: Pick<PostQueue, 'wake'>, now: Date): Promise<void> {
  for (const id of await board.open()) {
    const taking = await board.takingOf(id)
    if (!taking || taking.taken || now.getTime() - Date.parse(taking.openedAt) < patienceMs) continue
    const request = await board.requestOf(id)
    if (!request) continue
    const detail = 'No worker has taken it yet; it starts as soon as one is there. Does the worker run?'
    const progress = { host: request.host, step: 'queued', detail } as const
    const told = await board.announce(id, { kind: 'progress', progress }, { run: null, last: false, once: 'untaken' })
    if (told.kind === 'told') await queue.wake(told.threadIds)
  }
}
