import { z } from 'zod'

/** What a sender writes, cut to what can be kept and shown. Unknown keys are allowed everywhere: senders add some with every release. */

export const mostAlerts = 1000
const mostLabels = 64
const longestLabel = 1024

/** Cut, not refused: a long title is no reason to miss an alert. */
export const cut = (most: number) => z.string().transform((text) => text.slice(0, most))

/** An id is compared, so that it must not be cut. */
export const id = z.string().min(1).max(200)

/** Any instant that Date reads, as ISO in UTC. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())

const labelName = /^[A-Za-z_][A-Za-z0-9_.:/-]{0,127}$/
const neverALabel = new Set(['__proto__', 'constructor', 'prototype'])

/** Only text values under plain names; further ones than 64 are left out, the order is the sender's. */
export const labels = z.unknown().transform((value): Readonly<Record<string, string>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return labelsFrom(Object.entries(value))
})

export function labelsFrom(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, string>> {
  const kept = entries.flatMap(([name, text]) => {
    const fits = typeof text === 'string' && labelName.test(name) && !neverALabel.has(name)
    return fits ? [[name, text.slice(0, longestLabel)] as const] : []
  })
  return Object.fromEntries(kept.slice(0, mostLabels))
}

/** `alerts.3.startsAt: Invalid ISO datetime`; says nothing of the value. */
export function whyNot({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'the body'}: ${issue?.message}`
}
