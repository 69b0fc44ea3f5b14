import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { ClientChannel } from 'ssh2'
import type { Capture } from '../diagnosis/capture.ts'
import type { Question } from '../probes/probe.ts'
import { batchCommand, batchScript } from './batch-script.ts'
import { stderrCap } from './batch-shell.ts'
import type { HostConnection } from './connection.ts'
import { readFrames } from './frames.ts'
import { HostUnreachableError } from './unreachable.ts'

export interface CollectOptions {
  readonly signal?: AbortSignal
  /** Time for the round; probes that have not begun by then are not run, one that runs is cut off a little later. */
  readonly seconds: number
  /** Inventory name, for the captures. */
  readonly host: string
  /** Hears of each capture as it is complete, in order. */
  readonly onCapture?: (capture: Capture, index: number) => void
}

/** After the round's time: what a killed probe may take to die, and its last bytes to arrive. */
const graceMs = 2500

/**
 * Asks all questions with one command over one connection. Always answers with one capture for each question: what was not run or
 * was cut off says why. Throws HostUnreachableError (shell) only when the user's login shell did not run the script at all.
 */
export async function collect(
  connection: HostConnection,
  questions: readonly Question[],
  options: CollectOptions,
): Promise<readonly Capture[]> {
  if (questions.length === 0) return []
  const nonce = randomBytes(16).toString('hex')
  const frames = readFrames(nonce, options.host, questions, options.onCapture)
  const script = batchScript(questions, { nonce, seconds: options.seconds })
  const most = questions.reduce((sum, { probe }) => sum + probe.cap + stderrCap + 512, 1 << 20)
  const why = await stream(connection, script, frames, most, options)
  const captures = frames.finish(why)
  if (!frames.started() && why === ended) throw noShell(options.host, frames.preamble())
  return captures
}

const ended = 'the shell on the host ended early'

const refused = 'the host refused the command'

/** The server did not open a channel for the command of this capture. */
export function isRefused({ notRun }: Capture): boolean {
  return notRun?.startsWith(refused) === true
}

/** Feeds the script, reads both streams; answers why it stopped. */
async function stream(
  connection: HostConnection,
  script: string,
  frames: ReturnType<typeof readFrames>,
  most: number,
  options: CollectOptions,
): Promise<string> {
  const budget = AbortSignal.timeout(Math.ceil(options.seconds * 1000) + graceMs)
  const stopped = new Promise<string>((resolve) => {
    budget.addEventListener('abort', () => resolve(`no answer within the round's ${Math.round(options.seconds)} s`), {
      once: true,
    })
    if (options.signal?.aborted) resolve('stopped')
    options.signal?.addEventListener('abort', () => resolve('stopped'), { once: true })
  })
  const opening = connection.exec(batchCommand).then(
    (channel) => ({ channel }),
    (error: unknown) => ({
      failed: `${refused}: ${error instanceof Error ? error.message : String(error)}`,
    }),
  )
  const opened = await Promise.race([opening, connection.lost, stopped])
  if (typeof opened === 'string') return opened
  if ('failed' in opened) return opened.failed
  const { channel } = opened
  const read = new Promise<string>((resolve) => {
    let bytes = 0
    const take = (push: (chunk: Buffer) => void) => (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > most) return resolve(`the host sent more than ${most} bytes`)
      push(chunk)
      if (frames.complete()) resolve('complete')
    }
    channel.on('data', take(frames.stdout))
    channel.stderr.on('data', take(frames.stderr))
    channel.on('close', () => resolve(ended))
    channel.on('error', () => resolve(ended))
  })
  channel.end(script)
  const why = await Promise.race([read, connection.lost, stopped])
  closeChannel(channel)
  if (why !== ended) return why
  // A lost connection closes its channels first and says so a moment later.
  await setImmediate()
  return connection.isOpen ? why : connection.lost
}

/** Ends the command on the host too: sshd closes its pipes, and the script dies at its next frame. */
function closeChannel(channel: ClientChannel): void {
  channel.removeAllListeners('data')
  channel.stderr.removeAllListeners('data')
  channel.resume()
  channel.stderr.resume()
  channel.close()
}

function noShell(host: string, words: string): HostUnreachableError {
  const said = words === '' ? '' : `; it said: ${words.slice(0, 200)}`
  const next =
    'Give the user a login shell (not nologin) and no forced command in authorized_keys, and check that /bin/sh is there.'
  return new HostUnreachableError(
    host,
    'shell',
    `${host}: logged in, but the login shell did not run /bin/sh${said}`,
    next,
  )
}
