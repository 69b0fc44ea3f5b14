import type { Capture } from '../diagnosis/capture.ts'
import type { Question } from '../probes/probe.ts'
import { isRefused } from '../host/collect.ts'
import type { AskHost } from './rounds.ts'

/**
 * Asks what mostly waits for answers from the network (`waits` of a probe) over a second channel, beside what reads the host: otherwise
 * some seconds of live requests would take the time of everything behind them. Where the server allows one channel only (MaxSessions of
 * sshd_config(5)) the second lane is asked after the first. Captures come in the order of the questions.
 */
export async function askInLanes(questions: readonly Question[], askHost: AskHost): Promise<readonly Capture[]> {
  const waiting = questions.filter(({ probe }) => probe.waits === true)
  const reading = questions.filter(({ probe }) => probe.waits !== true)
  if (waiting.length === 0 || reading.length === 0) return await askHost(questions)
  // In this order: of two channels a server that allows only one refuses the second.
  const [read, first] = await Promise.all([askHost(reading), askHost(waiting)])
  const waited = first.every(isRefused) ? await askHost(waiting) : first
  return questions.flatMap((question) => {
    const at = waiting.indexOf(question)
    return (at < 0 ? read[reading.indexOf(question)] : waited[at]) ?? []
  })
}
