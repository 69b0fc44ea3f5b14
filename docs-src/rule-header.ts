import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What the comment above a rule says, in the words that every rule uses. */
export interface RuleHeader {
  readonly means: string
  readonly told: string | null
  readonly lookAlikes: string | null
}

/** Reads the header of src/rules/ID.ts; throws when it does not begin as all do, so that no rule goes without. */
export function ruleHeader(id: string): RuleHeader {
  const text = readFileSync(fileURLToPath(new URL(`../src/rules/${id}.ts`, import.meta.url)), 'utf8')
  const comments = text.slice(0, text.search(/\bdefineRule\(\{/)).match(/\/\*\*(?:(?!\*\/)[^])*\*\//g) ?? []
  const words = (comments.at(-1) ?? '')
    .replace(/^\s*\/?\*+\/?/gm, ' ')
    .replace(/\s*\*\/\s*$/, '')
    .replace(/\s+/g, ' ')
  const parts =
    /(?:Cause|Symptom|Latent|Notice): (?<means>.*?)(?: Tell-tales?: (?<told>.*?))?(?: Look-alikes?: (?<alike>.*))?$/.exec(
      words.trim(),
    )
  const { means, told, alike } = parts?.groups ?? {}
  if (means === undefined)
    throw new Error(`the header of src/rules/${id}.ts does not say "Cause: ... Tell-tale: ... Look-alikes: ..."`)
  return { means, told: told ?? null, lookAlikes: alike ?? null }
}
