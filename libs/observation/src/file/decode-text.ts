/** Decodes the bytes of a text file: UTF-8, UTF-16 with a byte order mark, or GB18030, told apart by what they can be. */

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
}

/** @returns undefined when the bytes are none of these */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes);
  const utf8 = decodeAs('utf-8', bytes);
  if (utf8 && !looksMisread(utf8.text)) return withoutNul(utf8);
  const chinese = decodeAs('gb18030', bytes);
  if (chinese && (!utf8 || /^[\p{Script=Han}\p{ASCII}，。、；：（）【】“”％]+$/u.test(chinese.text)))
    return withoutNul(chinese);
  return utf8 && withoutNul(utf8);
}

function decodeAs(encoding: DecodedText['encoding'], bytes: Uint8Array): DecodedText | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}

/** A file with NUL characters is not text, whatever else it may be. */
const withoutNul = (decoded: DecodedText): DecodedText | undefined =>
  decoded.text.includes('\0') ? undefined : decoded;

/**
 * Two-byte Chinese can by chance be well-formed UTF-8. It then reads as letters of the Latin, Greek, Cyrillic, Hebrew or
 * Arabic scripts and holds no Chinese at all.
 */
function looksMisread(text: string): boolean {
  return /[\u0100-\u07ff]/.test(text) && !/[\u0800-\uffff]/.test(text);
}
