/** Whether one territory lies in another, as far as their codes tell. */

/**
 * Codes nest by their digits: 520523 lies in 520500, that in 520000; 12 digits lie in the county of the first six, and so does
 * a site named after it. Everything lies in CN, and in itself.
 */
export function isPlaceWithin(code: string, place: string): boolean {
  if (place === 'CN' || code === place) return true;
  if (!/^\d{6}$/.test(place)) return /^\d+$/.test(place) && code.startsWith(place.replace(/(000)+$/, ''));
  return code.startsWith(place.replace(/(00){1,2}$/, ''));
}
