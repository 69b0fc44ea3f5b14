/** Something that waits until it is let through. */
export interface Gate {
  readonly passed: Promise<void>
  readonly open: () => void
}

export function createGate(): Gate {
  const open: (() => void)[] = []
  const passed = new Promise<void>((resolve) => open.push(resolve))
  return { passed, open: () => open.forEach((resolve) => resolve()) }
}
