/**
 * Error numbers of nginx on FreeBSD, macOS and Windows (winsock) as Linux counts them, so that rules know one number each.
 * The Linux meanings of the same small numbers (STREAMS, SysV) do not occur in nginx. Sources: sys/errno.h of FreeBSD, winerror.h.
 */
const TO_LINUX: ReadonlyMap<number, number> = new Map([
  [35, 11], // EAGAIN
  [48, 98], // EADDRINUSE
  [49, 99], // EADDRNOTAVAIL
  [51, 101], // ENETUNREACH
  [54, 104], // ECONNRESET
  [60, 110], // ETIMEDOUT
  [61, 111], // ECONNREFUSED
  [65, 113], // EHOSTUNREACH
  [10013, 13],
  [10024, 24],
  [10048, 98],
  [10049, 99],
  [10051, 101],
  [10053, 104],
  [10054, 104],
  [10060, 110],
  [10061, 111],
  [10065, 113],
])

/** The number by which Linux knows this error; null stays null. Texts differ between C libraries and are never compared. */
export function linuxErrno(errno: number | null): number | null {
  return errno === null ? null : (TO_LINUX.get(errno) ?? errno)
}
