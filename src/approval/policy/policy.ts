import type { ActionId } from '../../diagnosis/diagnosis.ts'

/** Slack user ids and ids of user groups. Names decide nothing: anyone can change them. */
export interface People {
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

/** How much an action can hurt: start touches nothing that runs, reload cuts no connection, restart does. */
export type Risk = 'start' | 'reload' | 'restart'

export function riskOf(action: ActionId): Risk {
  if (action.startsWith('start-')) return 'start'
  return action.startsWith('reload-') ? 'reload' : 'restart'
}

/** What is asked for before an action of one risk runs on the hosts of a rule. */
export interface Terms {
  /** Different people who must press; 0: nobody may. */
  readonly persons: 0 | 1 | 2
  /** Whether the person who asked for the diagnosis may be one of them. */
  readonly requester: boolean
  /** When nobody answered, the requester may go on alone with a written reason. */
  readonly breakGlass: boolean
  /** Only in these times; null: always. */
  readonly windows: readonly Window[] | null
  /** Not when files on disk that others changed would come into force with it. */
  readonly othersEdits: 'allow' | 'refuse'
}

/** A weekly time in which something is allowed. */
export interface Window {
  /** 0 is Sunday; the day on which it begins. */
  readonly days: readonly number[]
  /** Minutes after midnight; an end before the begin is on the next day. */
  readonly from: number
  readonly to: number
  /** IANA name of a time zone. */
  readonly zone: string
}

/** Which hosts of the inventory; every part that is given must fit. */
export interface HostMatch {
  readonly all: boolean
  readonly names: readonly string[]
  readonly groups: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

export interface Rule {
  /** Where it stands, for messages: "policy.yml:12"; absent when no file has it. */
  readonly where?: string
  readonly hosts: HostMatch
  readonly approvers: People
  readonly terms: Readonly<Record<Risk, Terms>>
  /** Channels in which a press counts; null: in each. */
  readonly channels: readonly string[] | null
  /** Who is asked for when one more person is needed, one after the other. */
  readonly escalation: { readonly contacts: readonly string[]; readonly afterMinutes: number }
  /** Channel that hears of every break-glass at once; null where it is switched off. */
  readonly announce: string | null
  /** Whether a code of a second factor is asked for. */
  readonly secondFactor: boolean
  /** Seconds for which a cured host is watched for a relapse. */
  readonly watchSeconds: number
}

/** A time in which nothing but a start may run. */
export interface Freeze {
  readonly hosts: HostMatch
  readonly from: number
  /** Infinity: until somebody lifts it. */
  readonly until: number
  readonly because: string
}

/** Who may ask for a diagnosis, and where. */
export interface Diagnosers extends People {
  /** Everybody, in these channels. */
  readonly anyone: boolean
  /** null: in each. */
  readonly channels: readonly string[] | null
}

/** Limits that hold whoever approves. */
export interface Limits {
  /** Actions that interrupt, for one target within an hour. */
  readonly restartsPerHour: number
  /** Seconds between two actions on one target. */
  readonly coolDownSeconds: number
  /** Healthy members of a group that must stay when another one is interrupted. */
  readonly keepHealthy: number
}

export interface Policy {
  /** Where it was read, for messages: "policy.yml". */
  readonly source: string
  /** null: everybody, everywhere. */
  readonly diagnose: Diagnosers | null
  /** Who of them may mute alerts; null: every member of the workspace who is no guest. */
  readonly mute: People | null
  /** The first that fits a host holds; a host that none fits gets the strictest of all of them. */
  readonly rules: readonly Rule[]
  readonly freezes: readonly Freeze[]
  readonly limits: Limits
  /** sha256 (hex) of what the file says, without the freezes of chat: bot and worker must have read the same. Absent where no file was read. */
  readonly hash?: string
}

/** What the policy looks at of a host of the inventory. */
export interface PolicyHost {
  readonly name: string
  readonly groups: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}
