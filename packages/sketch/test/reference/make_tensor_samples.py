"""Writes tensor-samples.json and astronaut.gz beside it: how far the sample of a large tensor is from all of it, of pictures.

    pip install numpy==2.4.6 pillow==13.0.0 scikit-image==0.26.0 scikit-learn==1.9.1 && python make_tensor_samples.py

The pictures are the 28 that scikit-image and scikit-learn bring along: photographs, textures, drawings, text, microscopy, a chessboard. Each is
resized to a square of RGB bytes, or grey ones, and laid out as networks have it. Errors: of the mean in standard deviations, of sd relative, of min
and max in levels of 255, of zeros as the difference of the shares, of an image's brightness and contrast in levels; for each the median and the
largest over the pictures. `astronaut.gz` holds
one picture (NASA, public domain), 224 x 224 x 3 bytes, for the library to be run on.
"""

import gzip
import json
import math
from pathlib import Path

import numpy as np
import skimage
import sklearn
from PIL import Image

HERE = Path(__file__).parent
SAMPLE = 4096
SIDES = [224, 227, 384, 448, 640, 1024, 2048, 4096]


def stride_for(count, sizes, multiple=None):
    stride = math.ceil(count / SAMPLE)
    while stride > 1 and (math.gcd(stride, multiple or count) > 1 or lines_up(sizes, stride)):
        stride += 1
    return max(1, stride)


def lines_up(sizes, stride):
    """Whether a plane of one size and the next ones, of more than one number in it, has its sampled numbers on lines too far apart."""
    for last in range(len(sizes) - 1, 0, -1):
        for at in range(last, 0, -1):
            height, width = sizes[at - 1], math.prod(sizes[at : last + 1])
            down = np.arange(1, min(height, stride), dtype=np.int64)
            across = down * width % stride
            across = np.minimum(across, stride - across)
            length = (down / height) ** 2 + (across / width) ** 2
            if height * width > stride and (length * 15 * height * width < stride).any():
                return True
    return False


def parts(flat):
    flat = flat.astype(np.float64)
    return [float(x) for x in (flat.mean(), flat.std(), flat.min(), flat.max(), (flat == 0).mean())]


def laid_out(picture, side, layout):
    small = (picture.convert("L") if layout == "grey" else picture).resize((side, side), Image.Resampling.BILINEAR)
    pixels = np.asarray(small)
    return (pixels.transpose(2, 0, 1) if layout == "nchw" else pixels).reshape(-1)


def sizes_of(side, layout):
    return {"grey": [side, side], "nhwc": [side, side, 3], "nchw": [1, 3, side, side]}[layout]


def errors(flat, stride):
    (mean, sd, low, high, zeros), sample = parts(flat), parts(flat[::stride])
    return [abs(sample[0] - mean) / sd, abs(sample[1] / sd - 1), sample[2] - low, high - sample[3], abs(sample[4] - zeros)]


def image_errors(picture, side):
    pixels = laid_out(picture, side, "nhwc").reshape(-1, 3).astype(np.float64)
    luma = pixels @ [0.299, 0.587, 0.114]
    sample = luma[:: stride_for(luma.size, [side, side], pixels.size)]
    return [abs(sample.mean() - luma.mean()), abs(sample.std() - luma.std())]


def over_pictures(names, met):
    return {name: [round(float(np.median(column)), 5), round(float(column.max()), 5)] for name, column in zip(names, np.array(met).T)}


folders = [Path(skimage.__file__).parent / "data", Path(sklearn.__file__).parent / "datasets" / "images"]
files = sorted(file for folder in folders for file in folder.iterdir() if file.suffix in (".png", ".jpg"))
pictures = {file.stem: Image.open(file).convert("RGB") for file in files}
rows, images = [], []
for side in SIDES:
    for layout in ("nhwc", "nchw", "grey"):
        sizes = sizes_of(side, layout)
        stride = stride_for(math.prod(sizes), sizes)
        met = [errors(laid_out(picture, side, layout), stride) for picture in pictures.values()]
        rows.append({"side": side, "layout": layout, "stride": stride} | over_pictures(["mean", "sd", "min", "max", "zeros"], met))
    met = [image_errors(picture, side) for picture in pictures.values()]
    images.append({"side": side} | over_pictures(["brightness", "contrast"], met))

astronaut = laid_out(pictures["astronaut"], 224, "nhwc")
(HERE / "astronaut.gz").write_bytes(gzip.compress(astronaut.tobytes(), 9, mtime=0))
planes = laid_out(pictures["astronaut"], 224, "nchw")
nhwc, nchw = (stride_for(astronaut.size, sizes_of(224, layout)) for layout in ("nhwc", "nchw"))
whole = {"every": parts(planes), "nhwc": parts(astronaut[::nhwc]), "nchw": parts(planes[::nchw])}
listed = [",\n".join(json.dumps(row, separators=(",", ":")) for row in table) for table in (rows, images)]
text = f'{{\n"pictures": {len(pictures)},\n"astronaut": {json.dumps(whole)},\n"rows": [\n{listed[0]}\n],\n"images": [\n{listed[1]}\n]\n}}\n'
(HERE / "tensor-samples.json").write_text(text)
