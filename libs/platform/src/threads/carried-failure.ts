/** An error made fit to leave its thread, where its class would be lost, and made an error again on the other side. */
import { DomainError, type Bilingual, type Facts, type RefusalKind } from '@gep/kernel';
import { RefusedInThread } from './errors';

/** Plain facts of an error: a refusal keeps its code, a defect its message and stack. */
export type CarriedFailure =
  | {
      readonly refused: true;
      readonly code: string;
      readonly kind: RefusalKind;
      readonly text: Bilingual;
      readonly facts: Facts;
    }
  | { readonly refused: false; readonly name: string; readonly message: string; readonly stack?: string };

export function packFailure(error: unknown): CarriedFailure {
  if (error instanceof DomainError) {
    const { code, kind, text, facts } = error;
    // Facts are for reading; what cannot be cloned into another thread is not a fact.
    return { refused: true, code, kind, text: { ...text }, facts: JSON.parse(JSON.stringify(facts)) as Facts };
  }
  const { name = 'Error', message = String(error), stack } = (error ?? {}) as Partial<Error>;
  return { refused: false, name, message, stack };
}

export function unpackFailure(failure: CarriedFailure): Error {
  if (failure.refused) return new RefusedInThread(failure.code, failure.kind, failure.text, failure.facts);
  const { name, message, stack } = failure;
  return Object.assign(new Error(message), { name, ...(stack && { stack }) });
}
