import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most of the time of the run is spent waiting for hosts that boot and for budgets that run out: two at a time also where there are two cores; with three, budgets of hosts that share the cores run out.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
