/** The one order of account lines: services, then types, as the norm lists them, then items by code. */
import { AccountLine } from './account';

/** What decides the order; a norm edition has this shape. */
export interface LineOrder {
  readonly services: readonly { readonly code: string }[];
  readonly types: readonly { readonly code: string }[];
}

/** Identifies a line inside its account. */
export function lineKey({
  service,
  type,
  item,
  flow,
}: Pick<AccountLine, 'service' | 'type' | 'item' | 'flow'>): string {
  return JSON.stringify(flow === undefined ? [service, type, item] : [service, type, item, flow]);
}

/** Compares text by code unit, the same on every machine whatever its locale. */
export function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A comparison of lines in the order of the norm; what the norm does not list comes last, by code. */
export function compareLinesBy(order: LineOrder): (a: AccountLine, b: AccountLine) => number {
  const services = new Map(order.services.map(({ code }, position) => [code, position]));
  const types = new Map(order.types.map(({ code }, position) => [code, position]));
  const position = (positions: Map<string, number>, code: string | null): number =>
    code === null ? -1 : (positions.get(code) ?? positions.size);
  return (a, b) =>
    (a.service === b.service ? 0 : position(services, a.service) - position(services, b.service)) ||
    compareCodes(a.service, b.service) ||
    position(types, a.type) - position(types, b.type) ||
    compareCodes(a.type ?? '', b.type ?? '') ||
    compareCodes(a.item ?? '', b.item ?? '') ||
    compareCodes(a.flow ?? '', b.flow ?? '');
}
