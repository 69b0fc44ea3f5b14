import type { Evidence, Fix } from '../diagnosis/diagnosis.ts'
import { type Claimed, claimsOf, type Permit } from '../diagnosis/judge.ts'
import type { Claim } from '../diagnosis/rule.ts'
import type { Weighed } from '../diagnosis/weigh.ts'
import type { Facts } from '../probes/index.ts'
import { rules } from '../rules/index.ts'
import { type Knowledge, troubleKey } from '../rules/knowledge.ts'
import { isLocal } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { type BackendSeen, isBackendProbe, withBackend } from './ask-backend.ts'
import { knowledgeOf } from './facts.ts'

const backendRules = rules.filter((rule) => rule.atBackend)

/**
 * The same rules once more for the upstreams on another machine, with that machine's facts in place. What they claim is about
 * that machine: subject, evidence and action name it.
 */
export function claimsAtBackend(
  front: Knowledge,
  frontFacts: Facts,
  frontName: string,
  seen: BackendSeen & { readonly facts: Facts },
  permit: Permit,
): Claimed {
  const troubles = troublesAt(front, seen.upstreams)
  const merged: Knowledge = {
    ...knowledgeOf(withBackend(frontFacts, seen.facts), seen.host),
    troubles: front.troubles.known ? { ...front.troubles, value: troubles } : front.troubles,
    place: {
      known: true,
      value: {
        of: 'backend',
        nginxHost: frontName,
        nginxAddresses: frontFacts.host.known ? frontFacts.host.value.addresses : [],
      },
      source: front.place.source,
    },
  }
  const keys = new Set(troubles.map(troubleKey))
  const { claimed, unjudged } = claimsOf(backendRules, merged, (action) => ({ ...permit(action), host: seen.host }))
  return {
    claimed: claimed
      .filter(({ claim }) => concerns(claim, keys, seen.upstreams))
      .map((each) => placed(each, seen.host, frontName)),
    unjudged,
  }
}

/**
 * What the front alone could only guess of these upstreams is out of date once their machine was asked by the same rules, and so is
 * what was found there too.
 */
export function isOvertaken(
  { finding, claim }: Weighed,
  asked: readonly BackendSeen[],
  atBackends: readonly Weighed[],
): boolean {
  const upstream = claim.subject.upstream
  if (upstream === undefined) return false
  const again = atBackends.some(
    (each) => each.finding.cause === finding.cause && each.finding.subject.upstream === upstream,
  )
  return (
    again ||
    (finding.confidence === 'possible' &&
      backendRules.some((rule) => rule.id === finding.cause) &&
      asked.some((each) => each.facts !== null && each.upstreams.includes(upstream)))
  )
}

/** By the facts of nginx's host these are about that host, whichever upstream they keep it from. */
const ownSide: ReadonlySet<string> = new Set(['mac-denied', 'fd-limit', 'conntrack-full'])

/** What nginx's host says of a machine that was not asked is likely at most: that machine has the last word. */
export function asFarAsSeen(each: Weighed, facts: Facts, asked: readonly BackendSeen[]): Weighed {
  const { finding } = each
  const { upstream } = finding.subject
  if (finding.confidence !== 'confirmed' || upstream === undefined || upstream.startsWith('unix:')) return each
  if (ownSide.has(finding.cause) || !backendRules.some((rule) => rule.id === finding.cause)) return each
  const own = facts.host.known ? facts.host.value.addresses : []
  if (isLocal(upstream, own)) return each
  return asked.some(({ facts: said, upstreams }) => said !== null && upstreams.includes(upstream))
    ? each
    : { ...each, finding: { ...finding, confidence: 'likely' } }
}

function troublesAt(front: Knowledge, upstreams: readonly string[]): readonly Trouble[] {
  const all = front.troubles.known ? front.troubles.value : []
  return all.filter((trouble) => trouble.address !== null && upstreams.includes(trouble.address))
}

/** A claim that is about none of the upstreams is about nginx or the front, and was made there; one about the whole machine stays. */
function concerns(claim: Claim, keys: ReadonlySet<string>, upstreams: readonly string[]): boolean {
  if (claim.about !== undefined) return keys.has(claim.about)
  return claim.subject.upstream === undefined || upstreams.includes(claim.subject.upstream)
}

function placed({ finding, claim }: Weighed, host: string, front: string): Weighed {
  const at = (evidence: Evidence): Evidence => (isBackendProbe(evidence.probe) ? { ...evidence, host } : evidence)
  return {
    claim,
    finding: {
      ...finding,
      subject: { ...finding.subject, host },
      evidence: finding.evidence.map(at),
      fix: onFront(finding.fix, front),
    },
  }
}

/** A diff is always of a file of nginx, and that is not on the machine that the finding is about: its first line says where (patch(1) passes over it). */
function onFront(fix: Fix, front: string): Fix {
  if (fix.diff === null) return fix
  return {
    ...fix,
    steps: [...fix.steps, `the file, nginx -t and the reload are on ${front}`],
    diff: `# on ${front}, where nginx runs\n${fix.diff}`,
  }
}
