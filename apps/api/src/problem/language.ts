/** Picks Chinese or English for a reader from the Accept-Language header. */

export type Language = 'zh' | 'en';

/** Chinese when the header is absent or names no preference; English when it names only other languages. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(readWish)
    .filter((wish) => wish.tag !== '' && wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  if (wishes.length === 0) return 'zh';
  const match = wishes.find((wish) => /^(?:zh|en|\*)(?:-|$)/.test(wish.tag));
  return match === undefined || match.tag.startsWith('en') ? 'en' : 'zh';
}

function readWish(part: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}
