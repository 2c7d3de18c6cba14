/** Names the departments that deliver data sheets, and refuses a sheet to whoever may send other ones only. */
import { loadSheetLists, type RulebookFolder } from '@gep/rulebook';
import { placesOfPath } from '@gep/territory';
import { SheetOfOthers } from '../errors';
import { mayDeliver, sheetsAllowed, type DeliveryRight } from './delivery-right';

/** What somebody sends, and where; without `dataSheet` everything. */
interface Sending {
  readonly territory: string;
  readonly path: string;
  readonly normId: string;
  readonly dataSheet: string | undefined;
}

/** @throws SheetOfOthers naming the department that may */
export async function refuseSheetOfOthers(
  rights: readonly DeliveryRight[] | undefined,
  { path, normId, ...sending }: Sending,
  folder: RulebookFolder | undefined,
): Promise<void> {
  if (rights === undefined || mayDeliver(rights, path, sending.dataSheet)) return;
  const above = placesOfPath(path);
  const lists = folder ? await loadSheetLists(folder.path) : [];
  const held = lists
    .filter(({ norms, places }) => norms.includes(normId) && (!places || places.some((place) => above.includes(place))))
    .flatMap(({ sheets }) => sheets);
  const named = (code: string) => ({ code, department: held.find((one) => one.code === code)?.department ?? null });
  const wanted = sending.dataSheet === undefined ? null : named(sending.dataSheet);
  throw new SheetOfOthers(sending.territory, wanted, sheetsAllowed(rights, path).map(named));
}
