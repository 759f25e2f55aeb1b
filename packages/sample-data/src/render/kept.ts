type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * A typed array that outlives a frame: `room(n)` gives its first n numbers, with whatever the frame before left there.
 * A frame is rendered without a pause, so a thread needs each of them once; without it every picture would leave
 * tens of megabytes to the garbage collector.
 */
export function kept<T extends Numbers>(make: new (length: number) => T): (length: number) => T {
  let all = new make(0);
  return (length) => {
    if (all.length < length) all = new make(Math.ceil(length * 1.25));
    return all.subarray(0, length) as T;
  };
}
