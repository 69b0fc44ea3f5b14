/** Everything that may be changed on a host, by its public and stable name. */
export const actionIds = [
  'start-unit',
  'restart-unit',
  'reload-unit',
  'start-nginx',
  'reload-nginx',
  'restart-nginx',
] as const

export type ActionId = (typeof actionIds)[number]
