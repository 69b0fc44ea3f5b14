import type { ActionId } from './action-id.ts'
import type { CauseId, Kind } from './cause.ts'

/** The contract that others build on: what `diagnose --json` and `replay --json` print (schema 1, docs/diagnosis.schema.json). */

export type Verdict = 'diagnosed' | 'healthy' | 'undetermined' | 'unreachable'
export type Confidence = 'confirmed' | 'likely' | 'possible'
export type UnreachableReason = 'dns' | 'timeout' | 'refused' | 'host-key' | 'auth' | 'jump-host' | 'shell'

/** What a finding is about. `host` is the inventory host where it is true; absent means the host that was asked for. */
export interface Subject {
  readonly host?: string
  /** Where several nginx of the host were judged: which of them, by its unit or configuration file. */
  readonly master?: string
  readonly upstream?: string
  readonly unit?: string
  readonly file?: string
  readonly line?: number
  readonly path?: string
}

export interface Evidence {
  readonly host?: string
  readonly probe: string
  readonly command: string
  readonly text: string
}

export interface RuledOut {
  readonly cause: CauseId
  readonly because: string
}

export type { ActionId }

/** An action that would cure the finding; `allowed` decides whether there is a button, `refused` says why there is none. */
export interface Remedy {
  readonly id: ActionId
  /** The unit it acts on: "checkout-api.service". */
  readonly target: string
  readonly host?: string
  readonly allowed: boolean
  readonly refused?: string
}

export interface Fix {
  /** What a person would do, in order: commands with this host's unit, path and line. */
  readonly steps: readonly string[]
  /** Unified diff of a configuration file, or null. */
  readonly diff: string | null
  /** Who writes the file of the diff and will undo a change by hand: "Ansible", "git"; absent where nothing says so. */
  readonly writtenBy?: string
  readonly action: Remedy | null
}

/** How many requests it hurts, as far as logs tell. */
export interface Impact {
  /** Errors of this kind in the window. */
  readonly count: number
  /** First and last time seen, ISO instants. */
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  /** Server names that fail. */
  readonly sites: readonly string[]
  /** Errors a minute, over the last ten minutes or since it began; absent for history and where no log tells. */
  readonly perMinute?: number
  /** Locations that fail, as the configuration names them: "/", "~ \\.php$". */
  readonly locations?: readonly string[]
  /** Share of the site's requests in the last minutes that failed, 0..1, where an access log tells. */
  readonly failingShare: number | null
  /** True when only some requests fail. */
  readonly intermittent: boolean
}

export interface Finding {
  readonly cause: CauseId
  readonly kind: Kind
  readonly confidence: Confidence
  readonly summary: string
  /** When it began, ISO, where that is known; the summary tells it by the host's own clock (clock.ts). */
  readonly since: string | null
  readonly subject: Subject
  /** False when it is history: it healed, or nothing shows that it still hurts. */
  readonly failingNow: boolean
  readonly impact: Impact | null
  readonly evidence: readonly Evidence[]
  readonly ruledOut: readonly RuledOut[]
  /** Look-alikes that could not be judged; one is enough to make the finding likely instead of confirmed. */
  readonly openQuestions: readonly RuledOut[]
  readonly fix: Fix
}

/** A cause that could not be judged, as a cause of its own or as the look-alike of a finding. */
export interface Unjudged {
  readonly cause: CauseId
  readonly because: string
}

export interface ProbeRun {
  readonly id: string
  readonly host?: string
  readonly exitCode: number | null
  readonly ms: number
  readonly truncated: boolean
  readonly timedOut: boolean
  /** Why its answer is not usable, when it is not. */
  readonly unknown?: string
}

export interface Collection {
  readonly ms: number
  readonly rounds: number
  /** Waits on the SSH connection: opening the channel, and the script's answer, for each round. Connecting is not counted. */
  readonly roundTrips: number
  readonly probes: readonly ProbeRun[]
}

/** Something that changed on the host shortly before the trouble began; a hint, no evidence. */
export interface RecentChange {
  /** ISO instant. */
  readonly at: string
  /** "packages: upgrade php8.2-fpm 8.2.26-1 -> 8.2.29-1". */
  readonly what: string
  /** Seconds between it and the first sign of the trouble. */
  readonly secondsBefore: number
}

/** A site as it is seen from where Gatemedic runs. */
export interface SiteFromOutside {
  readonly site: string
  readonly addresses: readonly string[]
  /** It resolves, and to no address of any inventory host. */
  readonly elsewhere: boolean
  /** "https: 502 from 203.0.113.7", or why there is no answer; null when no request was wanted. */
  readonly answer: string | null
}

/** An upstream in trouble that is not on the nginx host. */
export interface BackendAsked {
  readonly upstream: string
  /** Inventory name of its host; null when the inventory has none with that address. */
  readonly host: string | null
  readonly asked: boolean
  /** Why it was not asked: "the host at 10.0.3.7 is not in the inventory"; empty when it was. */
  readonly because: string
}

/** What an undetermined diagnosis would ask a person for. */
export interface OneMoreQuestion {
  /** To be run as root on the host. */
  readonly command: string
  /** Why the answer is missing, or what it would tell. */
  readonly why: string
  /** The probe whose answer it replaces; null when pasted output of it cannot be judged. */
  readonly probe: string | null
  /** Key under which the answers of this diagnosis are kept for a while, so that pasted output can be judged with them. */
  readonly paste?: string
}

export interface Diagnosis {
  readonly schema: 1
  readonly host: string
  /** The site or URL path that was asked for, when not the whole host. */
  readonly site?: string
  readonly verdict: Verdict
  /** One sentence that answers: "checkout-api.service is down since 03:04", "nothing wrong seen on web-1, but ... could not be read". */
  readonly headline: string
  readonly findings: readonly Finding[]
  /** Failing upstreams on other hosts, and whether those were asked; absent when there is none. */
  readonly backends?: readonly BackendAsked[]
  /** The inventory's sites of this host as they are seen from outside; absent when that is off or there is none. */
  readonly outside?: readonly SiteFromOutside[]
  /** What changed on the host in the day before it began, latest first; absent when nothing did, or nothing fails. */
  readonly changes?: readonly RecentChange[]
  /** Of `undetermined`: the one command whose output would settle it. */
  readonly ask?: OneMoreQuestion
  /** Judged again with output that a person pasted: nothing is more than likely then, and no action is offered. */
  readonly pasted?: { readonly command: string; readonly by: string }
  /** What differs from the last look in which nothing was failing; absent without such a look. */
  readonly differences?: readonly string[]
  /** When that look was, ISO. */
  readonly lastHealthyAt?: string
  readonly unjudged: readonly Unjudged[]
  /** What must be seen before a host may be called healthy and was not, each with its reason. Empty when the verdict is diagnosed. */
  readonly unseen: readonly string[]
  /** What was looked at and found well, for "healthy" and "cannot tell". */
  readonly checked: readonly string[]
  readonly collectedAt: string
  /** Offset of the host's local time: "+01:00". */
  readonly timezone: string
  readonly window: { readonly from: string; readonly to: string }
  readonly reason: UnreachableReason | null
  /** Of `unreachable`: what happened and what to do next. */
  readonly unreachable?: { readonly message: string; readonly next: string }
  readonly collection: Collection
}
