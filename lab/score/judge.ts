import type { Diagnosis, Finding } from '../../src/diagnosis/diagnosis.ts'
import { type FaultExpectation, verdictFor } from '../fault.ts'
import type { LabUser } from '../keys.ts'

/** What of expect.yml a diagnosis is judged by. */
export type Truth = Pick<
  FaultExpectation,
  'verdict' | 'verdictWithoutRoot' | 'verdictWithSudo' | 'cause' | 'trueCause' | 'kind' | 'subject' | 'alsoTrue'
>

/**
 * right: says what is true, "cannot tell" only where nothing more can be told. undetermined: says that it cannot tell, though
 * somebody could. wrong: anything else.
 */
export type Outcome = 'right' | 'undetermined' | 'wrong'

export interface Judgement {
  readonly outcome: Outcome
  /** Names at likely or confirmed, as failing now, a cause that is not the true one, or the true one about something else. */
  readonly wrongConfident: readonly string[]
  /** Names a failing cause at likely or confirmed on a host where nothing fails. */
  readonly alarm: boolean
  /** Calls a host healthy that fails, or of which this user cannot see whether it does. */
  readonly saysHealthy: boolean
}

/** `notAsked`: an upstream whose machine nobody asked, so that nothing about it may be confirmed. */
export function judge(diagnosis: Diagnosis, expect: Truth, user: LabUser, notAsked?: string): Judgement {
  const wrongConfident = untrue(diagnosis, expect, notAsked)
  const blind = user !== 'root' && verdictFor(user, expect) === 'undetermined'
  const fails = expect.verdict !== 'healthy'
  return {
    outcome: wrongConfident.length > 0 ? 'wrong' : outcomeOf(diagnosis, expect, user, blind),
    wrongConfident,
    alarm: !fails && sureOf(diagnosis).some(({ cause }) => !expect.alsoTrue.includes(cause)),
    saysHealthy: diagnosis.verdict === 'healthy' && (fails || blind),
  }
}

/** The causes by which this fault may rightly be called. */
export function trueCauses({ cause, trueCause }: Pick<Truth, 'cause' | 'trueCause'>): readonly string[] {
  return [cause, trueCause].filter((id) => typeof id === 'string')
}

/** What the product names on this host as failing now, and means. */
export function namedCause({ verdict, findings }: Diagnosis): string | null {
  const [first] = findings
  return verdict === 'diagnosed' && first !== undefined && isSure(first) ? first.cause : null
}

function outcomeOf(diagnosis: Diagnosis, expect: Truth, user: LabUser, blind: boolean): Outcome {
  const { verdict, findings } = diagnosis
  const [first] = findings
  const said = verdict === 'undetermined' ? 'undetermined' : 'wrong'
  if (blind && verdict === 'undetermined') return 'right'
  if (expect.verdict === 'undetermined') {
    return verdict === 'undetermined' || trueCauses(expect).includes(namedCause(diagnosis) ?? '') ? 'right' : 'wrong'
  }
  if (verdict !== expect.verdict) return said
  if (expect.cause === null) return 'right'
  if (first?.cause !== expect.cause || first.kind !== (expect.kind ?? first.kind)) return said
  if (verdict === 'diagnosed' && !isSure(first)) return 'wrong'
  return mismatches(first, diagnosis.host, expect, user === 'plain').length === 0 ? 'right' : 'wrong'
}

function untrue(diagnosis: Diagnosis, expect: Truth, notAsked: string | undefined): readonly string[] {
  const known = [...trueCauses(expect), ...expect.alsoTrue]
  const [first] = diagnosis.findings
  const others = sureOf(diagnosis)
    .filter(({ cause }) => !known.includes(cause))
    .map(({ cause, confidence, subject }) => `${cause} ${confidence} ${JSON.stringify(subject)}`)
  const elsewhere =
    first !== undefined && isSure(first) && first.cause === expect.cause
      ? mismatches(first, diagnosis.host, expect, true).filter((each) => !each.startsWith('line '))
      : []
  const overSure = sureOf(diagnosis)
    .filter(
      ({ confidence, subject }) =>
        confidence === 'confirmed' && notAsked !== undefined && subject.upstream === notAsked,
    )
    .map(({ cause }) => `${cause} confirmed about a host that was not asked`)
  return [...others, ...elsewhere, ...overSure]
}

function sureOf({ findings }: Diagnosis): readonly Finding[] {
  return findings.filter((finding) => isSure(finding) && finding.kind === 'cause')
}

/** Said to fail now, at likely or confirmed. */
export function isSure({ confidence, failingNow }: Finding): boolean {
  return failingNow && confidence !== 'possible'
}

/** What a finding is about, held against what is expected; a field that it does not say is passed over where `silentIsFine`. */
function mismatches({ subject }: Finding, host: string, expect: Truth, silentIsFine: boolean): readonly string[] {
  // Without a host a finding is about the one that was asked, unless it names the address of another machine anyway.
  const elsewhere =
    subject.upstream !== undefined &&
    subject.upstream === expect.subject.upstream &&
    expect.subject.host !== undefined &&
    expect.subject.host !== host
  const implied = elsewhere ? undefined : host
  const seen: Readonly<Record<string, string | number | undefined>> = { ...subject, host: subject.host ?? implied }
  return Object.entries(expect.subject)
    .filter(([key]) => key !== 'site')
    .filter(([key, wanted]) => !(silentIsFine && seen[key] === undefined) && String(seen[key]) !== String(wanted))
    .map(([key, wanted]) => `${key} ${String(seen[key])} instead of ${wanted}`)
}
