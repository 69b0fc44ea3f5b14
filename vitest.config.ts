import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Much of the run is waiting for hosts that boot, so two at a time also where there are two cores; with three, hosts are so slow that
    // the time for their questions runs out.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
