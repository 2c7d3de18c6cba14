/** Seals identifiers and opens them again; without keys nothing personal is written or read. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { assert } from '@gep/kernel';
import { CreditKeysMissing } from '../errors';
import { blindIndexOf, type IdentifierKey, keyOfId, readKeys } from './identifier-keys';
import type { IdentifierField } from './read-identifier';
import type { SealedRow } from './subject.store';

const nonceBytes = 12;
const tagBytes = 16;

@Injectable()
export class SealedIdentifiers {
  private readonly keys: readonly IdentifierKey[];

  /** @param text of the setting GEP_CREDIT_KEYS */
  constructor(text: string | undefined) {
    const keys = text === undefined ? [] : readKeys(text);
    assert(keys, 'the setting was checked when it was read');
    this.keys = keys;
  }

  /** The pair in use. @throws CreditKeysMissing */
  get current(): IdentifierKey {
    const [key] = this.keys;
    if (!key) throw new CreditKeysMissing();
    return key;
  }

  /** Nonce, tag and ciphertext. What is sealed for one subject and field opens for no other. */
  seal(subjectId: string, field: IdentifierField, text: string): Pick<SealedRow, 'keyId' | 'sealed' | 'blindIndex'> {
    const key = this.current;
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key.seal, nonce).setAAD(belongingOf(subjectId, field));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]);
    return { keyId: key.id, sealed, blindIndex: blindIndexOf(key, field, text) };
  }

  /** @throws CreditKeysMissing when the key it was sealed with is no longer set */
  open({ subjectId, field, keyId, sealed }: SealedRow): string {
    const { seal } = keyOfId(this.keys, keyId);
    const decipher = createDecipheriv('aes-256-gcm', seal, sealed.subarray(0, nonceBytes))
      .setAAD(belongingOf(subjectId, field))
      .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  }

  /** What to look for, under every key that rows may still have. @throws CreditKeysMissing */
  indexesOf(field: IdentifierField, text: string): Buffer[] {
    if (this.keys.length === 0) throw new CreditKeysMissing();
    return this.keys.map((key) => blindIndexOf(key, field, text));
  }
}

const belongingOf = (subjectId: string, field: IdentifierField): Buffer => Buffer.from(`${subjectId} ${field}`, 'utf8');
