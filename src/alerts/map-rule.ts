import { RE2JS } from 're2js'
import { z } from 'zod'

/** Longer values of labels are not matched: no name of a host or a site is that long. */
export const longestValue = 512

const name = z.string().min(1).max(300)

/**
 * One line of `map`: what a label says, as a host or a site of the inventory. The regex is one of RE2 (no look-around, no
 * back-reference, linear time) and must fit the whole value, as in Prometheus' relabel_config; $1 to $9 are its groups, $0
 * is all of it. Without a regex the whole value is meant.
 */
export const mapRuleSchema = z
  .strictObject({
    label: z.string().min(1).max(128),
    regex: z.string().min(1).max(300).optional(),
    host: name.optional(),
    site: name.optional(),
  })
  .superRefine(({ regex, host, site }, context) => {
    if ((host === undefined) === (site === undefined))
      context.addIssue({ code: 'custom', message: 'needs one of host and site' })
    const wrong = regex === undefined ? null : whyNotRegex(regex)
    if (wrong !== null) context.addIssue({ code: 'custom', path: ['regex'], message: wrong })
  })
  .readonly()

export type MapRule = z.infer<typeof mapRuleSchema>

/** What the rule makes of the value, or null when it does not fit. */
export function applyRule({ regex, host, site }: MapRule, value: string): string | null {
  const wanted = host ?? site ?? ''
  if (value.length > longestValue) return null
  if (regex === undefined) return expand(wanted, [value])
  const matcher = compiled(regex).matcher(value)
  if (!matcher.matches()) return null
  return expand(
    wanted,
    Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? ''),
  )
}

function expand(wanted: string, groups: readonly string[]): string {
  return wanted.replaceAll(/\$(?:(\d)|\{(\d)\})/g, (_whole, plain?: string, braced?: string) => {
    return groups[Number(plain ?? braced)] ?? ''
  })
}

/** Patterns of the configuration only, so that there are few. */
const patterns = new Map<string, RE2JS>()

function compiled(regex: string): RE2JS {
  const known = patterns.get(regex)
  if (known) return known
  const pattern = RE2JS.compile(regex)
  patterns.set(regex, pattern)
  return pattern
}

function whyNotRegex(regex: string): string | null {
  try {
    RE2JS.compile(regex)
    return null
  } catch (error) {
    return `is no regular expression of RE2: ${error instanceof Error ? error.message : String(error)}`
  }
}
