import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts'

/** What two diagnoses of a host find differently, in words: gone, new, surer or less sure, healed. Pure. */
export function changedFindings(before: Diagnosis, now: Diagnosis): readonly string[] {
  const was = byKey(before.findings)
  const is = byKey(now.findings)
  const gone = [...was].flatMap(([key, finding]) => (is.has(key) ? [] : [`gone: ${told(finding)}`]))
  const fresh = [...is].flatMap(([key, finding]) => (was.has(key) ? [] : [`new: ${told(finding)}`]))
  const other = [...is].flatMap(([key, finding]) => {
    const earlier = was.get(key)
    if (earlier === undefined || standing(earlier) === standing(finding)) return []
    return [`${finding.cause} was ${standing(earlier)}, is ${standing(finding)}: ${finding.summary}`]
  })
  const verdict = before.verdict === now.verdict ? [] : [`the verdict was ${before.verdict}, is ${now.verdict}`]
  return [...verdict, ...gone, ...fresh, ...other]
}

/** The same fault of the same thing. */
function byKey(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  return new Map(
    findings.map((finding) => {
      const { host = '', upstream = '', unit = '', file = '', line = '', path = '' } = finding.subject
      return [JSON.stringify([finding.cause, host, upstream, unit, file, line, path]), finding]
    }),
  )
}

function told(finding: Finding): string {
  return `${finding.cause} (${standing(finding)}): ${finding.summary}`
}

function standing({ confidence, failingNow }: Finding): string {
  return failingNow ? confidence : `${confidence}, not failing now`
}
