import type { Progress } from './post.ts'

export interface ProgressPace {
  /** Takes the newest progress; what is not shown by the time the next comes is never shown. */
  readonly report: (progress: Progress) => void
  /** No more progress goes out; resolves when what is on its way has gone. */
  readonly stop: () => Promise<void>
}

/**
 * At most one progress update per `everyMs`: Slack throttles edits, and nobody reads faster. The first goes at once.
 * A failing `tell` is reported to `onError` and does not disturb the diagnosis.
 */
export function paceProgress(
  tell: (progress: Progress) => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): ProgressPace {
  let newest: Progress | null = null
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> = Promise.resolve()

  function send(): void {
    timer = null
    if (!newest) return
    const progress = newest
    newest = null
    sending = sending.then(() => tell(progress)).catch(onError)
    timer = setTimeout(send, everyMs)
  }
  return {
    report: (progress) => {
      newest = progress
      if (!timer) send()
    },
    stop: () => {
      newest = null
      if (timer) clearTimeout(timer)
      timer = null
      return sending
    },
  }
}
