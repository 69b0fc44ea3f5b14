import { typedText } from './typed-text.ts'

/** A typed line: its words for commands, and all of it for the one that reads pasted text. */
export interface TypedLine {
  readonly words: readonly string[]
  readonly text: string
}

/** Slack sends at most about this much in a command or message that a person types. */
const longestText = 12_000

export function readTyped(text: string, botUserId?: string): TypedLine {
  return { words: readLine(text, botUserId), text: typedText(text.slice(0, longestText), botUserId).trim() }
}

/**
 * Splits what a person typed into words, undoing what Slack and keyboards do to it: mention, links and entities (typedText),
 * typographic quotes and dashes, code ticks, non-breaking spaces. Words keep their case, because paths of URLs have one.
 */
export function readLine(text: string, botUserId?: string): readonly string[] {
  return typedText(text.slice(0, 2000), botUserId)
    .replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
    .replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== '')
}

/** Without the quotes, ticks and sentence marks around it: `"web-1",` is web-1. */
function bare(word: string): string {
  return word.replace(/^["'`*(]+/, '').replace(/["'`*),;!?]+$/, '')
}
