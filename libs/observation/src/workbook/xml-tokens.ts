/** Splits the XML of a workbook part into tags and text. Document type declarations, the door to entity attacks, are refused. */

export interface XmlToken {
  readonly kind: 'open' | 'close' | 'text';
  /** Local name of a tag, without its prefix; the text otherwise. */
  readonly value: string;
  /** Attributes as written. */
  readonly attributes: string;
  /** `<c/>`: no closing tag follows. */
  readonly empty: boolean;
}

/** XML that is not well formed, or that holds what a workbook never holds. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

export function* xmlTokens(xml: string): Generator<XmlToken> {
  for (let at = 0; at < xml.length;) {
    const open = xml.indexOf('<', at);
    const end = open < 0 ? xml.length : open;
    if (end > at) yield { kind: 'text', value: unescapeXml(xml.slice(at, end)), attributes: '', empty: false };
    if (open < 0) return;
    if (xml.startsWith('<![CDATA[', open)) {
      const close = find(xml, ']]>', open);
      yield { kind: 'text', value: xml.slice(open + 9, close), attributes: '', empty: false };
      at = close + 3;
    } else if (xml.startsWith('<!--', open)) at = find(xml, '-->', open) + 3;
    else if (xml.startsWith('<?', open)) at = find(xml, '?>', open) + 2;
    else if (xml.startsWith('<!', open)) throw new XmlRefused('document type declaration');
    else {
      const close = endOfTag(xml, open);
      yield readTag(xml.slice(open + 1, close));
      at = close + 1;
    }
  }
}

function find(xml: string, what: string, from: number): number {
  const at = xml.indexOf(what, from);
  if (at < 0) throw new XmlRefused(`"${what}" is missing`);
  return at;
}

/** Position of the `>` that ends a tag; one inside a quoted attribute does not. */
function endOfTag(xml: string, open: number): number {
  let close = find(xml, '>', open);
  for (let quoteAt = nextQuote(xml, open); quoteAt >= 0 && quoteAt < close;) {
    const endQuote = find(xml, xml[quoteAt], quoteAt + 1);
    if (endQuote > close) close = find(xml, '>', endQuote);
    quoteAt = nextQuote(xml, endQuote + 1);
  }
  return close;
}

/** Position of the next quote inside the tag; -1 when the tag ends first. */
function nextQuote(xml: string, from: number): number {
  for (let at = from; at < xml.length; at += 1) {
    const c = xml.charCodeAt(at);
    if (c === 34 || c === 39) return at;
    if (c === 62) return -1;
  }
  return -1;
}

function readTag(text: string): XmlToken {
  const closing = text.startsWith('/');
  const empty = text.endsWith('/');
  const body = text.slice(closing ? 1 : 0, empty ? -1 : undefined);
  const space = body.search(/\s/);
  const name = space < 0 ? body : body.slice(0, space);
  if (name === '') throw new XmlRefused(`"<${text.slice(0, 40)}>" is no tag`);
  const attributes = space < 0 ? '' : body.slice(space);
  return { kind: closing ? 'close' : 'open', value: name.slice(name.indexOf(':') + 1), attributes, empty };
}

const patterns = new Map<string, RegExp>();

/** Value of an attribute by its local name. */
export function attributeOf(token: XmlToken, name: string): string | undefined {
  let pattern = patterns.get(name);
  if (!pattern) patterns.set(name, (pattern = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)));
  const match = pattern.exec(token.attributes);
  return match ? unescapeXml(match[1] ?? match[2]) : undefined;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
      if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
      const known = name && named[name];
      if (known) return known;
      throw new XmlRefused(`entity "${whole}"`);
    },
  );
}
