/** Does a deed on an appeal and tells it as all deeds are told, with what had been paid of the figure already. */
import type { Actor, Database } from '@gep/platform';
import type { AppealAnswer } from '@gep/procedure';
import { doneDeed } from '../deed/told-deed.service';
import { renderDeed, type ToldDeed } from '../rendering/deed/render-deed';
import type { Language } from '../terminal/language';
import { renderPaidAlready } from './render-paid-already';

type ToldAppeal = ToldDeed & Pick<AppealAnswer, 'paidFen' | 'remedy'> & { readonly state: string };

/** @param place in whose name the appeal is read before and after */
export async function doneAppeal(
  place: { readonly database: Database; readonly actor: Actor },
  { act, named }: { readonly act: string; readonly named?: string },
  work: () => Promise<AppealAnswer>,
): Promise<ToldAppeal> {
  let paid: Pick<AppealAnswer, 'paidFen' | 'remedy'> = { paidFen: null, remedy: null };
  const told = await doneDeed(place, { kind: 'appeal', act, named }, async () => {
    const { id, replayed, paidFen, remedy } = await work();
    paid = { paidFen, remedy };
    return { id, replayed };
  });
  return { ...told, state: told.to, ...paid };
}

export const renderToldAppeal = (told: ToldAppeal, language: Language): string =>
  [renderDeed(told, language), ...renderPaidAlready(told, language)].join('\n');
