using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>
/// Methods of libraries that are empty in the native executable are those of the version with which that was tried. Where this fails, the
/// library has changed: start the screen of the native executable, look at it, measure its start, and write the new version here.
/// </summary>
public sealed class SubstitutionTests
{
    private const string Library = "Terminal.Gui";
    private const string TriedWith = "2.5.0";

    [Fact]
    public void The_library_is_of_the_version_with_which_its_methods_were_left_out()
    {
        var packages = XDocument.Load(RepoRoot.Combine("Directory.Packages.props"));

        var version = packages.Descendants("PackageVersion").Single(static one => (string?)one.Attribute("Include") == Library);
        Assert.Equal(TriedWith, (string?)version.Attribute("Version"));
    }

    [Fact]
    public void Each_method_that_is_left_out_exists_and_gives_nothing_back()
    {
        var file = XDocument.Load(RepoRoot.Combine("src", "OpsManager", "TerminalGui.Substitutions.xml"));

        var methods = file.Descendants("method").ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, static method =>
        {
            Assert.Equal("stub", (string?)method.Attribute("body"));
            var type = method.Parent!;
            var assembly = Assembly.Load((string)type.Parent!.Attribute("fullname")!);
            var found = assembly.GetType((string)type.Attribute("fullname")!, throwOnError: true)!
                .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(static one => $"{one.ReturnType.FullName} {one.Name}({string.Join(',', one.GetParameters().Select(Type))})");
            Assert.Contains((string)method.Attribute("signature")!, found);
            // What we ask ourselves may have another answer; what the library asks may not.
            Assert.Equal(assembly.GetName().Name == Library, method.Attribute("value") is null);
            Assert.StartsWith(
                method.Attribute("value") is null ? "System.Void " : "System.Boolean ", (string)method.Attribute("signature")!,
                StringComparison.Ordinal);
        });

        static string? Type(ParameterInfo parameter) => parameter.ParameterType.FullName;
    }
}
