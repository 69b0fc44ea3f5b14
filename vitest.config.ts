import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most of the time of the run is spent waiting for hosts that boot and for budgets that run out: three at a time also where there are two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
})
