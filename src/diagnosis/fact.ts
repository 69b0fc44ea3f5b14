/** Where a fact was seen: the host and the command that showed it. */
export interface Source {
  readonly host: string
  readonly probe: string
  readonly command: string
}

export interface Known<T> {
  readonly known: true
  readonly value: T
  readonly source: Source
}

export interface Unknown {
  readonly known: false
  /** Why it is not known, in words that a person can act on: "sudo refused: nft list ruleset". */
  readonly reason: string
  readonly source: Source
}

/** A fact is known with its source, or unknown with its reason; it is never a silent default. */
export type Fact<T> = Known<T> | Unknown

/** What a probe's parser answers: a value, or why the text does not give one. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

export function unusable(reason: string): Parsed<never> {
  return { ok: false, reason }
}
