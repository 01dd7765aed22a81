using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Unit.Architecture;

/// <summary>What holds for every event, whoever adds one.</summary>
public sealed class Events
{
    private static readonly Type[] DomainTypes = typeof(DomainEvent).Assembly.GetTypes();

    /// <summary>Plain facts that no decision asks about.</summary>
    private static readonly Type[] Unasked = [typeof(TouchpointEvent), typeof(NoticeEvent), typeof(ConsentNoticeEvent), typeof(EmergencyNoticeEvent)];

    public static TheoryData<Type> All => [.. EventCatalogue.All];

    public static TheoryData<Type> Streams =>
        [.. DomainTypes.Where(type => type is { IsAbstract: true } && type.BaseType == typeof(DomainEvent))];

    [Fact]
    public void Are_all_in_the_catalogue_once()
    {
        EventCatalogue.All.ShouldBe(DomainTypes.Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(DomainEvent))), ignoreOrder: true);
        EventCatalogue.All.Select(type => type.Name).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Are_sealed_and_never_change(Type type)
    {
        type.IsSealed.ShouldBeTrue();
        type.IsNested.ShouldBeFalse();
        foreach (var property in type.GetProperties())
        {
            if (property.SetMethod is { } setter)
                setter.ReturnParameter.GetRequiredCustomModifiers().ShouldContain(typeof(IsExternalInit), property.Name);
            IsImmutable(property.PropertyType).ShouldBeTrue(property.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Of_a_stream_are_folded_by_exactly_the_state_of_their_capability(Type stream)
    {
        var folds = DomainTypes
            .Select(type => type.GetMethod("Evolve", BindingFlags.Public | BindingFlags.Static))
            .Where(fold => fold?.GetParameters() is [_, var fact] && fact.ParameterType == stream)
            .ToArray();
        if (Unasked.Contains(stream))
        {
            folds.ShouldBeEmpty();
            return;
        }

        var fold = folds.ShouldHaveSingleItem()!;
        fold.DeclaringType!.Namespace.ShouldBe(stream.Namespace);
        fold.DeclaringType.Name.ShouldEndWith("State");
        foreach (var type in EventCatalogue.All.Where(type => type.IsSubclassOf(stream)))
            IsPlaced(fold, type).ShouldBeTrue(type.Name);
    }

    /// <summary>An event without content may break a fold in many ways, but only an unplaced one is unreachable.</summary>
    private static bool IsPlaced(MethodInfo fold, Type type)
    {
        var initial = fold.DeclaringType!.GetField("Initial")!.GetValue(null);
        try
        {
            fold.Invoke(null, [initial, RuntimeHelpers.GetUninitializedObject(type)]);
            return true;
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException is not UnreachableException;
        }
    }

    private static bool IsImmutable(Type type) =>
        !type.IsArray && !(type.IsGenericType && type.GetGenericTypeDefinition() is { } generic
            && (generic == typeof(List<>) || generic == typeof(Dictionary<,>) || generic == typeof(HashSet<>)));
}
