import protobuf from 'protobufjs/light.js';

// Builds protobuf bodies field by field, with the numbers of the protocol definition written out: the schema under test
// plays no part in it.

export type Field = (writer: protobuf.Writer) => protobuf.Writer;

export const str =
  (id: number, value: string): Field =>
  w =>
    w.uint32((id << 3) | 2).string(value);
export const bytes =
  (id: number, hex: string): Field =>
  w =>
    w.uint32((id << 3) | 2).bytes(Buffer.from(hex, 'hex'));
export const varint =
  (id: number, value: number): Field =>
  w =>
    w.uint32(id << 3).int64(value);
export const double =
  (id: number, value: number): Field =>
  w =>
    w.uint32((id << 3) | 1).double(value);
export const msg =
  (id: number, ...fields: Field[]): Field =>
  w =>
    w.uint32((id << 3) | 2).bytes(message(...fields));

/** fixed64, from any integer of 64 bits. */
export const fixed64 = (id: number, value: bigint): Field => {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64LE(BigInt.asUintN(64, value));
  return w =>
    w
      .uint32((id << 3) | 1)
      .fixed32(eight.readUInt32LE(0))
      .fixed32(eight.readUInt32LE(4));
};

export const fixed32 =
  (id: number, value: number): Field =>
  w =>
    w.uint32((id << 3) | 5).fixed32(value);

export function message(...fields: Field[]): Uint8Array<ArrayBuffer> {
  const writer = protobuf.Writer.create();
  for (const field of fields) field(writer);
  return new Uint8Array(writer.finish());
}
