import type { FaultExpectation } from './fault.ts'
import type { Layout } from './layout/layout.ts'
import { filled, placeholders } from './layout/placeholders.ts'

/** What is expected of a fault on one host: its names, ports and lines in place of the placeholders. */
export function expectOn(expect: FaultExpectation, layout: Layout, address: string): FaultExpectation {
  const values = placeholders(layout, address)
  const subject = Object.fromEntries(
    Object.entries(expect.subject).map(([name, value]) => [
      name,
      typeof value === 'string' ? filled(value, values) : value,
    ]),
  )
  return {
    ...expect,
    subject,
    description: filled(expect.description, values),
    logLine: expect.logLine === null ? null : filled(expect.logLine, values),
  }
}
