import type { Progress } from '../diagnosis/progress.ts'
import { inertLine } from './inert.ts'

export interface LiveLine {
  readonly show: (progress: Progress) => void
  /** Takes the line away. */
  readonly clear: () => void
}

const steps: Readonly<Record<Progress['step'], string>> = {
  queued: 'waiting',
  connecting: 'connecting to',
  asking: 'asking',
  'asking-closer': 'asking closer',
  judging: 'judging',
}

/**
 * Progress on stderr: one line that is written over on a terminal; elsewhere a line for each step, or nothing when a program reads
 * along (`quiet`).
 */
export function liveLine(stream: NodeJS.WriteStream, quiet: boolean): LiveLine {
  if (stream.isTTY) {
    return {
      show: (progress) =>
        stream.write(`\r\u001B[K${words(progress).slice(0, Math.max(20, (stream.columns || 80) - 1))}`),
      clear: () => stream.write('\r\u001B[K'),
    }
  }
  let last = ''
  return {
    show: (progress) => {
      const step = `${progress.host} ${progress.step}`
      if (!quiet && step !== last) stream.write(`${words(progress)}\n`)
      last = step
    },
    clear: () => {},
  }
}

function words({ host, step, detail }: Progress): string {
  return inertLine(`${host}: ${steps[step]} ${detail}`)
}
