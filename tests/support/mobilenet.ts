import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shared } from './shared-data.ts';

const LOCALIZER_OUTPUTS = {
  boxes: 'TFLite_Detection_PostProcess',
  classes: 'TFLite_Detection_PostProcess:1',
  scores: 'TFLite_Detection_PostProcess:2',
  count: 'TFLite_Detection_PostProcess:3',
};

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Writes the manifest (contract §3) of MobileNetV2 of ../shared/weights and gives its path. */
export function writeMobilenetManifest(folder: string): string {
  const file = shared('weights/tf2_mobilenet_v2_1.0_224_ptq.float.onnx');
  return writeManifest(folder, {
    id: 'mobilenet-v2',
    task: 'embed',
    file,
    sha256: sha256(file),
    license: 'Apache-2.0',
    source: 'MobileNetV2 1.0 224, float',
    input: {
      name: 'image',
      layout: 'NCHW',
      dtype: 'float32',
      width: 224,
      height: 224,
      resize: 'squash',
      kernel: 'bicubic',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    output: { embedding: 'embedding', dims: 1280 },
  });
}

/** Writes the manifest of the class-agnostic localiser (192 px, format `ssd`). */
export function writeLocalizerManifest(folder: string): string {
  const file = shared('weights/mobile_object_localizer_v1_1.onnx');
  return writeManifest(folder, {
    id: 'object-localizer',
    task: 'detect',
    file,
    sha256: sha256(file),
    license: 'Apache-2.0',
    source: 'mobile_object_localizer v1.1',
    input: {
      name: 'normalized_input_image_tensor',
      layout: 'NHWC',
      dtype: 'uint8',
      width: 192,
      height: 192,
      resize: 'squash',
      kernel: 'bilinear',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    output: { format: 'ssd', names: LOCALIZER_OUTPUTS, classes: null, score_min: 0.1 },
  });
}

function writeManifest(folder: string, manifest: { id: string } & Record<string, unknown>): string {
  const file = path.join(folder, `${manifest.id}.json`);
  writeFileSync(file, JSON.stringify(manifest, null, 2));
  return file;
}
