import type { Capture } from '../diagnosis/capture.ts'
import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts'
import type { RecordedCapture, Snapshot } from '../host/snapshot.ts'
import { redactText } from '../redact/redact-text.ts'
import { factsOf } from './facts.ts'
import { type HostMoment, type Pasteable, pasteables } from './pasteable.ts'
import { replaySnapshot } from './replay.ts'
import { usualWindowSeconds } from './rounds.ts'

/** Text that a person pasted as the output of the command that was asked for. */
export interface Pasted {
  readonly probe: string
  readonly text: string
  /** Who pasted it, as people call them. */
  readonly by: string
}

/** The host judged again, with the answers it was judged by. */
export interface Rejudged {
  readonly diagnosis: Diagnosis
  readonly snapshot: Snapshot
}

/**
 * Judges captured answers again with one of them pasted by a person; null when the text is not what that command prints. Nobody knows
 * where a pasted text comes from: nothing is more than likely then, and nothing may be done on the host because of it.
 */
export function rejudge(snapshot: Snapshot, pasted: Pasted): Rejudged | null {
  const pasteable = pasteables.find(({ probe }) => probe === pasted.probe)
  if (pasteable === undefined) return null
  const completed = withAnswer(snapshot, pasteable, pasted.text)
  if (completed === null) return null
  const command = commandOf(completed, pasteable.probe)
  const diagnosis = doubted(replaySnapshot(completed), pasteable.probe, command)
  return { snapshot: completed, diagnosis: { ...diagnosis, pasted: { command, by: pasted.by } } }
}

/** "Healthy" must have been seen by ourselves; a finding may be likely. */
function doubted(diagnosis: Diagnosis, probe: string, command: string): Diagnosis {
  const findings = diagnosis.findings.map((each) => weakened(each, probe))
  if (diagnosis.verdict !== 'healthy') return { ...diagnosis, findings }
  const headline = `nothing wrong seen on ${diagnosis.host}, as far as pasted output goes`
  return {
    ...diagnosis,
    findings,
    verdict: 'undetermined',
    headline,
    unseen: [`${command} was pasted by a person, not read`],
  }
}

function withAnswer(snapshot: Snapshot, { probe, answer, missing }: Pasteable, text: string): Snapshot | null {
  const mine = ({ capture, master }: RecordedCapture): boolean =>
    capture.host === snapshot.host && capture.probe === probe && master === undefined
  const recorded = snapshot.captures.find(mine)
  const facts = factsOf(firstCaptures(snapshot), snapshot.host, 'both rounds')
  const windowSeconds = Number(
    snapshot.captures.find(({ capture }) => capture.probe === 'error-log')?.args[0] ?? usualWindowSeconds,
  )
  const at: HostMoment = facts.host.known
    ? { epoch: facts.host.value.epoch, timezone: facts.host.value.timezone, windowSeconds }
    : { epoch: Date.parse(snapshot.collectedAt) / 1000, timezone: '+00:00', windowSeconds }
  const stdout = answer(recorded?.capture.stdout ?? '', redactText(text.replace(/\r/g, '')), at)
  if (stdout === null) return null
  const capture = {
    probe,
    host: snapshot.host,
    command: missing(facts)?.command ?? facts[probe].source.command,
    exitCode: 0,
    ms: recorded?.capture.ms ?? 0,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  }
  const answered: RecordedCapture = { capture, args: recorded?.args ?? [], round: recorded?.round ?? 1 }
  return { ...snapshot, captures: [...snapshot.captures.filter((each) => !mine(each)), answered] }
}

/** Of the host that was asked and the nginx that is judged first. */
function firstCaptures({ captures, host }: Snapshot): readonly Capture[] {
  return captures.flatMap(({ capture, master }) => (capture.host === host && master === undefined ? [capture] : []))
}

function commandOf({ captures, host }: Snapshot, probe: string): string {
  return captures.find(({ capture }) => capture.host === host && capture.probe === probe)?.capture.command ?? probe
}

const noAction = 'it rests on pasted output: diagnose the host again for a button'

function weakened(finding: Finding, probe: string): Finding {
  const { confidence, evidence, fix } = finding
  return {
    ...finding,
    confidence: confidence === 'confirmed' ? 'likely' : confidence,
    evidence: evidence.map((piece) =>
      piece.probe === probe ? { ...piece, command: `${piece.command} (pasted)` } : piece,
    ),
    fix: { ...fix, action: fix.action === null ? null : { ...fix.action, allowed: false, refused: noAction } },
  }
}
