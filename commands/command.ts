import type { CauseId } from '../src/diagnosis/cause.ts'
import type { ExplainedLine } from '../src/nginx/explain.ts'
import type { InventoryView } from './inventory-view.ts'
import type { FleetTarget, Target } from './target.ts'

/** What the answer to a line depends on besides the line itself. */
export interface CommandContext {
  readonly inventory: InventoryView
  /** The whole line as it was typed, for a command that reads more than words. */
  readonly text?: string
}

/** One line of the host list. */
export interface HostEntry {
  readonly name: string
  readonly groups: readonly string[]
  readonly sites: readonly string[]
  /** Why nothing can be started or reloaded there, or what can. */
  readonly acts: string
}

/** Whose history is asked for. */
export type HistoryOf =
  | { readonly kind: 'host'; readonly host: string }
  /** "group:edge" */
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'cause'; readonly cause: CauseId }
  | { readonly kind: 'all' }

/**
 * What a typed line leads to. Only `diagnose` and `diagnose-all` start work; the others are answers for the person alone.
 * `commands` of suggestions are whole lines without the leading "/nginx", ready to be run when pressed.
 */
export type Reply =
  | { readonly kind: 'diagnose'; readonly target: Target; readonly sinceSeconds?: number; readonly note?: string }
  | {
      readonly kind: 'diagnose-all'
      readonly fleet: FleetTarget
      readonly sinceSeconds?: number
      readonly note?: string
    }
  | { readonly kind: 'help'; readonly commands: readonly Pick<Command, 'usage' | 'summary'>[] }
  | { readonly kind: 'hosts'; readonly hosts: readonly HostEntry[] }
  | { readonly kind: 'suggestions'; readonly message: string; readonly commands: readonly string[] }
  | {
      readonly kind: 'explained'
      readonly lines: readonly ExplainedLine[]
      /** Further lines that were read and are not answered. */
      readonly linesLeft: number
      /** The text was longer than what is read of it. */
      readonly cut: boolean
    }
  /** Text is wanted that does not fit a command line: ask for it in a window, or say where it can be typed. */
  | { readonly kind: 'paste-lines' }
  /** `on`: a host, "group:edge" or "all"; `seconds` null: until it is lifted. */
  | { readonly kind: 'freeze'; readonly on: string; readonly seconds: number | null; readonly because: string }
  | { readonly kind: 'unfreeze'; readonly on: string }
  | { readonly kind: 'freezes' }
  /** Alerts of `on` start nothing for so many seconds. */
  | { readonly kind: 'mute'; readonly on: string; readonly seconds: number; readonly because: string }
  | { readonly kind: 'unmute'; readonly on: string }
  | { readonly kind: 'status' }
  /** These hosts are looked at again and again for so many seconds. */
  | { readonly kind: 'watch'; readonly watched: FleetTarget; readonly seconds: number }
  | { readonly kind: 'watches' }
  /** `on`: as the watch is named. */
  | { readonly kind: 'unwatch'; readonly on: string }
  /** The last actions and refusals of a host. */
  | { readonly kind: 'audit'; readonly host: string }
  /** What was wrong with these hosts within so many seconds. */
  | { readonly kind: 'history'; readonly of: HistoryOf; readonly hosts: readonly string[]; readonly seconds: number }
  /** What somebody did alone and nobody else has reviewed. */
  | { readonly kind: 'reviews' }
  | { readonly kind: 'refusal'; readonly message: string }

/** One verb of the slash command. A new verb is a new file and one line in index.ts. */
export interface Command {
  readonly name: string
  /** As typed behind "/nginx": "diagnose <host, site, URL or group:NAME> [since 2h]". */
  readonly usage: string
  readonly summary: string
  readonly run: (args: readonly string[], context: CommandContext) => Promise<Reply>
}
