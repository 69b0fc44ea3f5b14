/** Deliveries whose work still runs after Slack was answered; stopping waits for them. */
export interface RunningWork {
  readonly track: (work: Promise<unknown>) => Promise<void>
  /** Resolves when nothing runs any more, or after `ms`; answers how many were left. */
  readonly drained: (ms: number) => Promise<number>
}

export function createRunningWork(): RunningWork {
  const running = new Set<Promise<unknown>>()
  return {
    track: async (work) => {
      running.add(work)
      try {
        await work
      } finally {
        running.delete(work)
      }
    },
    drained: async (ms) => {
      let timer: NodeJS.Timeout | undefined
      const tooLong = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms)
      })
      await Promise.race([Promise.allSettled(running), tooLong])
      clearTimeout(timer)
      return running.size
    },
  }
}
